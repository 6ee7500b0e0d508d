/** "February 26, 2026", as the language writes it; `date` is a day (2026-02-26) or UTC milliseconds. */
export function formatDay(date: string | number, language: string): string {
  return new Date(date).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' })
}
