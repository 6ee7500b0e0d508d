import { formatterCache, withLatinDigits } from '#lib/i18n/formatters.ts'
import { fill } from '#lib/i18n/messages.ts'
import messages from '#messages/dates.json' with { type: 'json' }

/**
 * Writes a day as the language does, such as "February 26, 2026".
 *
 * @param date a day (2026-02-26), a moment, of which the day in its own zone counts, or UTC milliseconds
 */
export function formatDay(date: string | number, language: string): string {
  return days(language).format(new Date(typeof date === 'string' ? date.slice(0, 10) : date))
}

/**
 * Writes when a story was published: the day, and the time where one is given, such as "February 26, 2026 at
 * 9:30 AM GMT+1".
 *
 * @param date a day or a moment in ISO 8601 with its distance from UTC
 */
export function formatPublicationTime(date: string, language: string): string {
  const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(date)?.[0]
  if (!date.includes('T') || !offset) return formatDay(date, language)
  const timeZone = /^(?:Z|[+-]00:00)$/.test(offset) ? 'UTC' : offset
  return new Intl.DateTimeFormat(withLatinDigits(language), {
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    month: 'long',
    timeZone,
    timeZoneName: 'short',
    year: 'numeric',
  }).format(new Date(date))
}

/**
 * Writes a time as the language does, such as "February 26, 2026 at 2:05 PM UTC".
 *
 * @param time UTC milliseconds
 * @param message says that it is UTC, in the language of the interface unless another is given
 */
export function formatMoment(time: number, language: string, message = messages.moment): string {
  return fill(message, { moment: moments(language).format(time) })
}

/**
 * Writes how long ago something was, such as "3 hours ago"; the day where that is a week or more. It never
 * says more than is true: "yesterday" could be the day before.
 *
 * @param time UTC milliseconds; one that is yet to come is taken for now: clocks differ
 * @param now UTC milliseconds
 */
export function formatAge(time: number, now: number, language: string): string {
  const minutes = Math.floor((now - time) / 60_000)
  const { moment, ages } = ageFormats(language)
  if (minutes < 1) return moment
  if (minutes < 60) return ages.format(-minutes, 'minute')
  if (minutes < DAY) return ages.format(-Math.floor(minutes / 60), 'hour')
  if (minutes < 7 * DAY) return ages.format(-Math.floor(minutes / DAY), 'day')
  return formatDay(time, language)
}

/** Minutes of a day. */
const DAY = 24 * 60

const ageFormats = formatterCache((language) => ({
  /** The word for now. */
  moment: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second'),
  ages: new Intl.RelativeTimeFormat(language),
}))
const days = formatterCache(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }),
)
const moments = formatterCache(
  (language) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
)
