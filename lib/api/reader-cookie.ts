import { randomUUIDv7 } from 'node:crypto'
import {
  cookieName,
  deleteCookie,
  readCookies,
  readSignedCookies,
  setCookie,
} from '#lib/http/cookies.ts'
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
  return readCookies(cookies, COOKIE).length > 0
}

/** Reads the reader's id from a `Cookie` header; nothing without a cookie that this site signed. */
export async function readReader(cookies: string | null): Promise<string | undefined> {
  const signed = readSignedCookies(cookies, COOKIE)
  if (signed.length === 0) return
  const secret = await getReaderSecret()
  return signed.find(({ id, signature }) => isSameSecret(signature, keyedHash(secret, id)))?.id
}

/** Reads the reader who sent a request, or makes a new one. */
export async function identifyReader(request: IdentifiedRequest): Promise<IdentifiedReader> {
  const cookies = request.headers.get('cookie')
  const known = await readReader(cookies)
  if (known && !isHttps(request)) return { reader: known, isNew: false, headers: {} }
  // Ordered by time: new votes stand together in the store, and a commit writes few pages.
  const reader = known ?? randomUUIDv7()
  const value = `${reader}.${keyedHash(await getReaderSecret(), reader)}`
  const cookie = setCookie(COOKIE, value, { maxAge: MAX_AGE_SECONDS, ...optionsFor(request) })
  // Until December 2026 the name over https was the plain one, and such a cookie lives for 400 days: a
  // reader who comes with it is given the other.
  const hasCookie = known && cookies!.includes(`${cookieName(COOKIE, true)}=${value}`)
  const headers = hasCookie ? {} : cookie
  request[NEW_COOKIE] = headers
  return { reader, isNew: !known, headers }
}

const NEW_COOKIE = Symbol('new cookie')
/** A request with the headers that set its reader's cookie; not in a `WeakMap`, see `rememberConnection`. */
type IdentifiedRequest = Request & { [NEW_COOKIE]?: Record<string, string> }

/** Returns the headers that set the cookie of the reader whom `identifyReader` has made for a request, if any. */
export function newReaderHeaders(request: IdentifiedRequest): Record<string, string> {
  return request[NEW_COOKIE] ?? {}
}

/** Makes a response delete a reader's cookie. */
export function deleteReaderCookie(request: Request, response: Response): void {
  deleteCookie(response, COOKIE, optionsFor(request))
}

/** Returns the key that signs readers' cookies: READER_SECRET, else one that the store makes once. */
export async function getReaderSecret(): Promise<string> {
  return getSettings().READER_SECRET ?? (await getStore()).readSecret(COOKIE)
}

function optionsFor(request: Request) {
  return { sameSite: 'Lax', isSecure: isHttps(request) } as const
}
