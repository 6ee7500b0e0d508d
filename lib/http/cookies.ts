import { parseCookie } from 'cookie'

/**
 * Reads a cookie out of a `Cookie` header, without decoding it.
 *
 * @returns the first of this name, which may be empty
 */
export function readCookie(header: string | null, name: string): string | undefined {
  return header === null ? undefined : parseCookie(header, { decode: (value) => value })[name]
}

export type CookieOptions = {
  /** Seconds that the browser keeps it; with 0 it forgets it at once. */
  maxAge: number
  sameSite: 'Lax' | 'Strict'
  /** Tells the browser to send it over https alone. */
  isSecure: boolean
}

/** Makes the header that sets a cookie for the whole site, which no script can read. */
export function setCookie(
  name: string,
  value: string,
  { maxAge, sameSite, isSecure }: CookieOptions,
): { 'set-cookie': string } {
  const secure = isSecure ? '; Secure' : ''
  // Not by `stringifySetCookie`: its order of the attributes is another than what clients got so far.
  const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=${sameSite}${secure}`
  return { 'set-cookie': `${name}=${value}; ${attributes}` }
}
