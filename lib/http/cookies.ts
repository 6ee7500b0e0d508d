/**
 * Begins the names of cookies over https: browsers take such a cookie only from this very host, never from
 * a sibling of it. https://www.rfc-editor.org/rfc/rfc6265#section-8.6
 */
const HOST_PREFIX = '__Host-'

/** Returns the name that a cookie has over https, or over http, where browsers refuse the prefix. */
export function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? HOST_PREFIX + name : name
}

/**
 * Reads every cookie of a name out of a `Cookie` header, without decoding it: first those that only this
 * host can have set. A sibling host can set more of the plain name, and put them before ours.
 */
export function readCookies(header: string | null, name: string): string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return [true, false].flatMap((isSecure) => {
    const start = `${cookieName(name, isSecure)}=`
    return pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length))
  })
}

/** An id and its signature, both of base64url's characters, and nothing after them. */
const SIGNED = /^([\w-]+)\.([\w-]{43})$/

/**
 * Reads the cookies of a name that have the form of an id with its signature. They are few hundred at most,
 * because a request's headers have 16 KB at most: the caller may check the signature of each.
 */
export function readSignedCookies(
  header: string | null,
  name: string,
): { id: string; signature: string }[] {
  return readCookies(header, name).flatMap((value) => {
    const [, id, signature] = SIGNED.exec(value) ?? []
    return id && signature ? { id, signature } : []
  })
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
  const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=${sameSite}${secure}`
  return { 'set-cookie': `${cookieName(name, isSecure)}=${value}; ${attributes}` }
}

/** Makes a response delete a cookie, over https also one of the plain name, which was used there before. */
export function deleteCookie(
  response: Response,
  name: string,
  options: Omit<CookieOptions, 'maxAge'>,
): void {
  for (const isSecure of new Set([options.isSecure, false])) {
    const header = setCookie(name, '', { ...options, isSecure, maxAge: 0 })
    response.headers.append('set-cookie', header['set-cookie'])
  }
}
