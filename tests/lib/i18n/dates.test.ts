import { expect, test } from 'vitest'
import { formatDay } from '#lib/i18n/dates.ts'

test('a day is written as its language writes it, wherever the server stands', () => {
  expect(formatDay('2026-02-26', 'en')).toBe('February 26, 2026')
  expect(formatDay('2026-02-26', 'de')).toBe('26. Februar 2026')
  expect(formatDay(Date.UTC(2026, 1, 26, 23, 59), 'en')).toBe('February 26, 2026')
})
