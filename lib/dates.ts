/** "February 26, 2026", as the language writes it; `date` is a day (2026-02-26) or UTC milliseconds. */
export function formatDay(date: string | number, language: string): string {
  return new Date(date).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' })
}

/** "February 26, 2026 at 2:05 PM UTC", as the language writes it; `time` is UTC milliseconds. */
export function formatMoment(time: number, language: string): string {
  const moment = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${new Date(time).toLocaleString(language, moment)} UTC`
}
