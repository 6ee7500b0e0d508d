import { formatter } from '#lib/i18n/formatters.ts'

/** "February 26, 2026", as the language writes it; `date` is a day (2026-02-26) or UTC milliseconds. */
export function formatDay(date: string | number, language: string): string {
  return days(language).format(new Date(date))
}

/** "February 26, 2026 at 2:05 PM UTC", as the language writes it; `time` is UTC milliseconds. */
export function formatMoment(time: number, language: string): string {
  return `${moments(language).format(time)} UTC`
}

const days = formatter(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }),
)
const moments = formatter(
  (language) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
)
