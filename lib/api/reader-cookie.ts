import { randomUUIDv7 } from 'node:crypto'
import { readCookie, setCookie } from '#lib/http/cookies.ts'
import { isHttps } from '#lib/http/request-origin.ts'
import { isSameSecret, keyedHash } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'

const COOKIE = 'reader'
/** Browsers keep no cookie longer than 400 days. */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60

/** Tells whether a `Cookie` header names a reader, whoever signed that. */
export function hasReaderCookie(cookies: string | null): boolean {
  return readCookie(cookies, COOKIE) !== undefined
}

/** The reader who sent this `Cookie` header; none without a cookie that this site signed. */
export async function readReader(cookies: string | null): Promise<string | undefined> {
  const [id, signature] = readCookie(cookies, COOKIE)?.split('.') ?? []
  if (!id || !signature) return
  return isSameSecret(signature, keyedHash(await getSecret(), id)) ? id : undefined
}

/**
 * The reader who sent this request, made now if it is the first act; `headers` then carries the
 * cookie, to be sent only with an answer to something the reader gave.
 */
export async function identifyReader(
  request: Request,
): Promise<{ reader: string; isNew: boolean; headers: Record<string, string> }> {
  const known = await readReader(request.headers.get('cookie'))
  if (known) return { reader: known, isNew: false, headers: {} }
  // In the order of time: new votes stand together in the store, and a commit writes few pages.
  const reader = randomUUIDv7()
  const value = `${reader}.${keyedHash(await getSecret(), reader)}`
  return { reader, isNew: true, headers: cookie(value, MAX_AGE_SECONDS, request) }
}

/** The headers that take the cookie away. */
export function forgetReader(request: Request): Record<string, string> {
  return cookie('', 0, request)
}

/** What cookies are signed with. */
export async function getSecret(): Promise<string> {
  return getSettings().READER_SECRET ?? (await getStore()).readSecret(COOKIE)
}

function cookie(value: string, maxAge: number, request: Request): Record<string, string> {
  return setCookie(COOKIE, value, { maxAge, sameSite: 'Lax', isSecure: isHttps(request) })
}
