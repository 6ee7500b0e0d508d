import { distance } from 'fastest-levenshtein'

/** A day, and a time of it with a zone; what stands between them is free. */
const FORM =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ]\s*(?<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(?<zone>.*))?$/i
const OFFSET = /^(?:Z|[+-]\d{2}(?::?\d{2})?)$/i
/** Letters by which a name may differ from the one that was meant. */
const MOST_SLIPS = 3
const EXAMPLE = '2026-02-26 09:30 Europe/Berlin'

/**
 * Reads a day (`2026-02-26`) or a moment: a day and a time with a zone's name
 * (https://www.iana.org/time-zones) or its distance from UTC, as in `2026-02-26T09:30:00+01:00`. A time that a
 * change of clocks leaves out is taken an hour later, of one that comes twice the first.
 *
 * @returns the day, or the moment in ISO 8601 with the zone's distance from UTC; else what must be changed
 */
export function readPublicationTime(text: string): { time: string } | { problem: string } {
  const { day, time, zone } = FORM.exec(text.trim())?.groups ?? {}
  if (day === undefined || !isDay(day)) return { problem: 'must be a date such as 2026-02-26' }
  if (time === undefined) return { time: day }
  const local = toLocalTime(`${day}T${time.replace(/^\d:/, '0$&')}`)
  if (!local) return { problem: `must have a time from 00:00 to 23:59, such as ${EXAMPLE}` }
  if (!zone) return { problem: `must name the time zone, such as ${EXAMPLE}` }
  try {
    const name = OFFSET.test(zone) ? zone.replace(/^z$/i, 'UTC') : zone.replaceAll(' ', '_')
    const moment = local.toZonedDateTime(name)
    return { time: moment.toString({ smallestUnit: 'second', timeZoneName: 'never' }) }
  } catch {
    const known = findZone(zone)
    const remedy = known ? `write ${known}` : `write one such as ${EXAMPLE}`
    return { problem: `must name a known time zone; ${remedy}` }
  }
}

/** Returns the day of a day or of a moment, as in its own zone. */
export function localDayOf(time: string): string {
  return time.slice(0, 10)
}

/** Tells whether a day or moment is later than another: by days, where one of them is no more. */
export function isLater(time: string, other: string): boolean {
  return isMoment(time) && isMoment(other)
    ? Date.parse(time) > Date.parse(other)
    : localDayOf(time) > localDayOf(other)
}

/** Tells whether it is a moment rather than a day. */
export function isMoment(time: string): boolean {
  return time.length > 10
}

function isDay(day: string): boolean {
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString() === day
  } catch {
    return false
  }
}

function toLocalTime(text: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).round('second')
  } catch {
    return undefined
  }
}

/** Finds the zone of this city, or of the name that is most alike. */
function findZone(name: string): string | undefined {
  const wanted = name.trim().replaceAll(' ', '_').toLowerCase()
  const zones = Intl.supportedValuesOf('timeZone')
  const city = zones.find((zone) => zone.toLowerCase().endsWith(`/${wanted}`))
  if (city) return city
  if (wanted.length > 40) return
  const [nearest] = zones
    .map((zone) => ({ zone, slips: distance(zone.toLowerCase(), wanted) }))
    .sort((a, b) => a.slips - b.slips)
  return nearest!.slips <= MOST_SLIPS ? nearest!.zone : undefined
}
