const UUID = /\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?=\/|$)/i
const ASSETS = '/_next/static/'

/** A path as its route is named in `app/`: `[id]` stands for a UUID. */
export function patternOf(path: string): string {
  return path.replace(UUID, '/[id]')
}

/** The route of a path for logs and counts: one of few, with nothing in it that somebody typed. */
export function routeName(path: string, isRoute: (pattern: string) => boolean): string {
  const pattern = patternOf(path)
  if (isRoute(pattern)) return pattern
  return path.startsWith(ASSETS) ? `${ASSETS}*` : '*'
}
