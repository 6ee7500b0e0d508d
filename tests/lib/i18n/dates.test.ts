import { expect, test } from 'vitest'
import { formatAge, formatDay, formatPublicationTime } from '#lib/i18n/dates.ts'

test('a day is written as its language writes it, wherever the server stands', () => {
  expect(formatDay('2026-02-26', 'en')).toBe('February 26, 2026')
  expect(formatDay('2026-02-26', 'de')).toBe('26. Februar 2026')
  expect(formatDay(Date.UTC(2026, 1, 26, 23, 59), 'en')).toBe('February 26, 2026')
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 1, 26, 12)

test.each([
  [0, 'now'],
  [MINUTE - 1, 'now'],
  [MINUTE, '1 minute ago'],
  [HOUR - 1, '59 minutes ago'],
  [HOUR, '1 hour ago'],
  [DAY - 1, '23 hours ago'],
  // Not “yesterday”, which may be the day before.
  [DAY, '1 day ago'],
  [7 * DAY - 1, '6 days ago'],
  [7 * DAY, 'February 19, 2026'],
  // The clock of the reader is behind.
  [-3 * HOUR, 'now'],
])('what was %d ms ago was %s', (age, words) => {
  expect(formatAge(NOW - age, NOW, 'en')).toBe(words)
})

test.each([
  ['de', 'jetzt', 'vor 3 Stunden', 'vor 2 Tagen'],
  ['fr', 'maintenant', 'il y a 3 heures', 'il y a 2 jours'],
  ['es', 'ahora', 'hace 3 horas', 'hace 2 días'],
  ['ar', 'الآن', 'قبل 3 ساعات', 'قبل يومين'],
  ['zh', '现在', '3小时前', '2天前'],
])('how long ago is said in %s', (language, now, hours, days) => {
  const said = [0, 3 * HOUR, 2 * DAY].map((age) => formatAge(NOW - age, NOW, language))
  expect(said).toEqual([now, hours, days])
})

test('a moment of publication is written in its own zone, a day without a time', () => {
  const moment = '2026-02-26T23:30:00-05:00'
  expect(formatPublicationTime(moment, 'en')).toBe('February 26, 2026 at 11:30 PM GMT-5')
  expect(formatPublicationTime(moment, 'de')).toBe('26. Februar 2026 um 23:30 GMT-5')
  expect(formatPublicationTime('2026-02-26T09:30:00+00:00', 'fr')).toBe(
    '26 février 2026 à 09:30 UTC',
  )
  expect(formatPublicationTime('2026-02-26', 'en')).toBe('February 26, 2026')
  expect(formatDay(moment, 'en')).toBe('February 26, 2026')
})
