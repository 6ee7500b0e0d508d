import { randomUUIDv7 } from 'node:crypto'
import { isHttps } from '#lib/http/responses.ts'
import { isSameSecret, keyedHash } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'

const COOKIE = 'reader'
/** Browsers keep no cookie longer than 400 days. */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60

const READER = /(?:^|;\s*)reader=([^;]*)/

/** Tells whether a `Cookie` header names a reader, whoever signed that. */
export function hasReaderCookie(cookies: string | null): boolean {
  return cookies !== null && READER.test(cookies)
}

/** The reader who sent this `Cookie` header; none without a cookie that this site signed. */
export async function readReader(cookies: string | null): Promise<string | undefined> {
  const value = cookies?.match(READER)?.[1]
  const [id, signature] = value?.split('.') ?? []
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
  const secure = isHttps(request) ? '; Secure' : ''
  const cookie = `${COOKIE}=${reader}.${keyedHash(await getSecret(), reader)}; Path=/; Max-Age=${MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax${secure}`
  return { reader, isNew: true, headers: { 'set-cookie': cookie } }
}

/** The headers that take the cookie away. */
export function forgetReader(request: Request): Record<string, string> {
  const secure = isHttps(request) ? '; Secure' : ''
  return { 'set-cookie': `${COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}` }
}

/** What cookies are signed with. */
export async function getSecret(): Promise<string> {
  return getSettings().READER_SECRET ?? (await getStore()).readSecret(COOKIE)
}
