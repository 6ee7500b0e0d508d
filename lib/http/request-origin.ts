import { getSettings } from '#lib/settings/settings.ts'

/** Returns the client's network address, which `server.ts` takes from the connection, or Next in `next dev`. */
export function clientAddress(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
}

/** Tells whether the client came over https; known from where its address is. */
export function isHttps(request: Request): boolean {
  return request.headers.get('x-forwarded-proto')?.startsWith('https') ?? false
}

/** Returns the origin at which readers find the site: SITE_URL, else where this request was sent to. */
export function originOf(request: Request): string {
  const { SITE_URL } = getSettings()
  if (SITE_URL) return SITE_URL
  const host = request.headers.get('host') ?? new URL(request.url).host
  return `${isHttps(request) ? 'https' : 'http'}://${host}`
}
