import { expect, test } from 'vitest'
import { isUnderway, parseReadingPosition } from '#lib/browser/reading/position.ts'

const NOW = Date.UTC(2026, 1, 26)
const DAY = 24 * 60 * 60 * 1000
const place = (time: number) => JSON.stringify({ anchor: 'p1', time })

test('a place is one from 5 to 95 % of the story', () => {
  expect([-1, 0, 0.05, 0.06, 0.94, 0.95, 2].map(isUnderway)).toEqual([
    false,
    false,
    false,
    true,
    true,
    false,
    false,
  ])
})

test('it is kept for 30 days', () => {
  expect(parseReadingPosition(place(NOW - 29 * DAY), NOW)).toEqual({
    anchor: 'p1',
    time: NOW - 29 * DAY,
  })
  expect(parseReadingPosition(place(NOW - 31 * DAY), NOW)).toBeUndefined()
})

test.each([
  null,
  '',
  'null',
  '7',
  '{}',
  '{"anchor":"p1"}',
  '{"anchor":1,"time":1}',
  place(NOW + 1),
])('of %j there is no place', (kept) => {
  expect(parseReadingPosition(kept, NOW)).toBeUndefined()
})
