import type { IncomingMessage } from 'node:http'

const UUID = /\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?=\/|$)/i
const ASSETS = '/_next/static/'

/** Returns the path of a request without its query. */
export function pathOf({ url }: IncomingMessage): string {
  const end = url!.indexOf('?')
  return end < 0 ? url! : url!.slice(0, end)
}

/** Most characters of a query: what this site's own pages ask for is far shorter. */
const QUERY_LIMIT = 1024

/** Tells whether the query of a request is over 1 KB; such a request is refused before anything reads it. */
export function hasLongQuery({ url }: { url?: string | undefined }): boolean {
  const start = url!.indexOf('?')
  return start >= 0 && url!.length - start - 1 > QUERY_LIMIT
}

/** Returns the query of a request, parsed. */
export function queryOf({ url }: IncomingMessage): URLSearchParams {
  const start = url!.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : url!.slice(start))
}

/**
 * Removes the slashes at the end of a path. From its end: a regular expression would try each slash of a
 * path that has many in its middle.
 */
export function trimSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end--
  return path.slice(0, end)
}

/**
 * Makes a path and query of a request's target: a proxy may ask for `http://host/path`, see
 * https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 *
 * @returns `/*` where the target is neither
 */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const url = URL.parse(target)
  return url ? url.pathname + url.search : '/*'
}

/** Turns a path into the name of its route in `app/`, where `[id]` stands for a UUID. */
export function patternOf(path: string): string {
  return path.replace(UUID, '/[id]')
}

/**
 * Names the route of a path for logs and counts: one of few names, with nothing in it that a client chose.
 *
 * @param isRoute tells whether the site has a route of this name
 */
export function routeName(path: string, isRoute: (pattern: string) => boolean): string {
  const pattern = patternOf(path)
  if (isRoute(pattern)) return pattern
  return path.startsWith(ASSETS) ? `${ASSETS}*` : '*'
}
