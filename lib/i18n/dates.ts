import { formatterCache } from '#lib/i18n/formatters.ts'

/**
 * Writes a day as the language does, such as "February 26, 2026".
 *
 * @param date a day (2026-02-26) or UTC milliseconds
 */
export function formatDay(date: string | number, language: string): string {
  return days(language).format(new Date(date))
}

/**
 * Writes a time as the language does, such as "February 26, 2026 at 2:05 PM UTC".
 *
 * @param time UTC milliseconds
 */
export function formatMoment(time: number, language: string): string {
  return `${moments(language).format(time)} UTC`
}

const days = formatterCache(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }),
)
const moments = formatterCache(
  (language) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
)
