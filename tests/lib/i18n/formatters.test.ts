// Tests lib/i18n/formatters.ts, lib/i18n/dates.ts
import { expect, test } from 'vitest'
import { formatDay } from '#lib/i18n/dates.ts'
import { withLatinDigits } from '#lib/i18n/formatters.ts'

test.each(['ar', 'ar-EG', 'fa', 'bn', 'th-u-nu-thai'])(
  'dates and counts in %s have the digits of the numbers of lists',
  (language) => {
    expect(formatDay('2026-02-26', language)).toMatch(/\d/)
    expect(formatDay('2026-02-26', language)).not.toMatch(/(?!\d)\p{Nd}/u)
    expect(new Intl.NumberFormat(withLatinDigits(language)).format(12)).toBe('12')
  },
)
