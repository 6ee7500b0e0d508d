import type { IncomingMessage } from 'node:http'

/** Returns the path of a request without its query. */
export function pathOf({ url }: IncomingMessage): string {
  const end = url!.indexOf('?')
  return end < 0 ? url! : url!.slice(0, end)
}

/** What a request asks of its path. */
export function queryOf({ url }: IncomingMessage): URLSearchParams {
  const start = url!.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : url!.slice(start))
}

/** A proxy may ask for `http://host/path`: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const url = URL.parse(target)
  return url ? url.pathname + url.search : '/*'
}
