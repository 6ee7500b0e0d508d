import { expect, test } from 'vitest'
import { localDayOf, isLater, readPublicationTime } from '#lib/story/publication-time.ts'

test.each([
  ['2026-02-26', '2026-02-26'],
  ['2026-02-26 09:30 Europe/Berlin', '2026-02-26T09:30:00+01:00'],
  ['2026-07-26 9:30 europe/berlin', '2026-07-26T09:30:00+02:00'],
  ['2026-02-26T09:30Europe/Berlin', '2026-02-26T09:30:00+01:00'],
  ['2026-02-26T09:30:15Z', '2026-02-26T09:30:15+00:00'],
  ['2026-02-26T09:30:15.250z', '2026-02-26T09:30:15+00:00'],
  ['2026-02-26 09:30 UTC', '2026-02-26T09:30:00+00:00'],
  ['2026-02-26T09:30-05:00', '2026-02-26T09:30:00-05:00'],
  ['2026-02-26 09:30 +0530', '2026-02-26T09:30:00+05:30'],
  ['2026-02-26 09:30 +01', '2026-02-26T09:30:00+01:00'],
  ['2026-02-26 09:30 America/New York', '2026-02-26T09:30:00-05:00'],
  // Left out when clocks went forward, and there twice when they went back.
  ['2026-03-29 02:30 Europe/Berlin', '2026-03-29T03:30:00+02:00'],
  ['2026-10-25 02:30 Europe/Berlin', '2026-10-25T02:30:00+02:00'],
])('%s is %s', (text, time) => {
  expect(readPublicationTime(text)).toEqual({ time })
})

test.each([
  ['2026-02-30', 'must be a date such as 2026-02-26'],
  ['26.02.2026', 'must be a date such as'],
  ['tomorrow', 'must be a date such as'],
  ['2026-02-26 09:30', 'must name the time zone'],
  ['2026-02-26T09:30:00', 'must name the time zone'],
  ['2026-02-26 24:30 UTC', 'must have a time from 00:00'],
  ['2026-02-26 09:30 Europe/Berln', 'write Europe/Berlin'],
  ['2026-02-26 09:30 Berlin', 'write Europe/Berlin'],
  ['2026-02-26 09:30 Middle Earth', 'such as 2026-02-26 09:30 Europe/Berlin'],
  [`2026-02-26 09:30 ${'x'.repeat(10_000)}`, 'must name a known time zone'],
  ['2026-02-26 09:30 +99:00', 'must name a known time zone'],
])('%s is refused with what to write', (text, words) => {
  expect(readPublicationTime(text)).toEqual({ problem: expect.stringContaining(words) })
})

test('a moment is compared with a day by its day, in its own zone', () => {
  const late = '2026-02-26T23:30:00-08:00'
  expect(localDayOf(late)).toBe('2026-02-26')
  expect(isLater(late, '2026-02-26')).toBe(false)
  expect(isLater('2026-02-26', late)).toBe(false)
  expect(isLater('2026-02-27', late)).toBe(true)
  expect(isLater('2026-02-27T00:00:00+00:00', late)).toBe(false)
  expect(isLater('2026-02-27T08:00:00+00:00', late)).toBe(true)
})
