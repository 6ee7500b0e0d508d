import { randomUUIDv7 } from 'node:crypto'
import { readCookie, setCookie } from '#lib/http/cookies.ts'
import { isHttps } from '#lib/http/request-origin.ts'
import { isSameSecret, keyedHash } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'

const COOKIE = 'reader'
/** Browsers keep no cookie longer than 400 days. */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60

/** The reader of a request; `headers` set the cookie of a new one. */
export type IdentifiedReader = {
  reader: string
  isNew: boolean
  /** Send these only with an answer to something that the reader gave. */
  headers: Record<string, string>
}

/** Tells whether a `Cookie` header has a reader's cookie, without checking its signature. */
export function hasReaderCookie(cookies: string | null): boolean {
  return readCookie(cookies, COOKIE) !== undefined
}

/** Reads the reader's id from a `Cookie` header; nothing without a cookie that this site signed. */
export async function readReader(cookies: string | null): Promise<string | undefined> {
  const [id, signature] = readCookie(cookies, COOKIE)?.split('.') ?? []
  if (!id || !signature) return
  return isSameSecret(signature, keyedHash(await getReaderSecret(), id)) ? id : undefined
}

/** Reads the reader who sent a request, or makes a new one. */
export async function identifyReader(request: Request): Promise<IdentifiedReader> {
  const known = await readReader(request.headers.get('cookie'))
  if (known) return { reader: known, isNew: false, headers: {} }
  // Ordered by time: new votes stand together in the store, and a commit writes few pages.
  const reader = randomUUIDv7()
  const value = `${reader}.${keyedHash(await getReaderSecret(), reader)}`
  return { reader, isNew: true, headers: makeCookie(value, MAX_AGE_SECONDS, request) }
}

/** Makes the headers that delete a reader's cookie. */
export function deleteReaderCookie(request: Request): Record<string, string> {
  return makeCookie('', 0, request)
}

/** Returns the key that signs readers' cookies: READER_SECRET, else one that the store makes once. */
export async function getReaderSecret(): Promise<string> {
  return getSettings().READER_SECRET ?? (await getStore()).readSecret(COOKIE)
}

function makeCookie(value: string, maxAge: number, request: Request): Record<string, string> {
  return setCookie(COOKIE, value, { maxAge, sameSite: 'Lax', isSecure: isHttps(request) })
}
