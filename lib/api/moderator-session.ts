import { randomBytes } from 'node:crypto'
import { refuseLimited } from '#lib/api/admission.ts'
import { readCookie, setCookie } from '#lib/http/cookies.ts'
import { isHttps } from '#lib/http/request-origin.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { isSameSecret, keyedHash } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'
import { hashNetwork } from '#lib/api/visitor.ts'
import words from '#messages/desk-refusals.json' with { type: 'json' }

const COOKIE = 'desk'
const SESSION_SECONDS = 12 * 60 * 60

/** Who is signed in at the desk. */
export type Moderator = { name: string; session: string }

/**
 * Who sent this `Cookie` header: nobody without a session that was made here with the password of
 * today, that has not ended and is not over.
 */
export async function readModerator(cookies: string | null): Promise<Moderator | undefined> {
  const [session, signature] = readCookie(cookies, COOKIE)?.split('.') ?? []
  const password = getSettings().MODERATOR_PASSWORD
  if (!password || !session || !signature) return
  if (!isSameSecret(signature, await sign(session, password))) return
  const kept = await (await getStore()).readSession(session)
  return kept && { name: kept.moderator, session }
}

/** @throws {RequestError} 401 */
export async function requireModerator(request: Request): Promise<Moderator> {
  const moderator = await readModerator(request.headers.get('cookie'))
  if (moderator) return moderator
  throw new RequestError(401, 'signed_out', words.signedOut)
}

/**
 * @returns the session's cookie
 * @throws {RequestError} 401, 404 without a desk, 429
 */
export async function signIn(
  request: Request,
  name: string,
  password: string,
): Promise<Record<string, string>> {
  const expected = getSettings().MODERATOR_PASSWORD
  if (!expected) throw new RequestError(404, 'desk_off', words.off)
  const store = await getStore()
  const refusal = await store.trySignIn(await hashNetwork(request))
  if (refusal) refuseLimited(refusal)
  if (!isSameSecret(password, expected))
    throw new RequestError(401, 'wrong_password', words.wrongPassword)
  const id = randomBytes(32).toString('base64url')
  const expires = Date.now() + SESSION_SECONDS * 1_000
  await store.addSession({ id, moderator: name, expires })
  return cookie(`${id}.${await sign(id, expected)}`, SESSION_SECONDS, request)
}

/** Ends the session for good, and takes its cookie back. */
export async function signOut(request: Request): Promise<Record<string, string>> {
  const moderator = await readModerator(request.headers.get('cookie'))
  if (moderator) await (await getStore()).endSession(moderator.session)
  return cookie('', 0, request)
}

/** What sessions are signed with; made at the start, so that no GET has to write it. */
export async function getDeskSecret(): Promise<string> {
  return (await getStore()).readSecret(COOKIE)
}

function cookie(value: string, maxAge: number, request: Request): Record<string, string> {
  return setCookie(COOKIE, value, { maxAge, sameSite: 'Strict', isSecure: isHttps(request) })
}

/** With another password nothing that was signed before holds. */
async function sign(session: string, password: string): Promise<string> {
  return keyedHash(await getDeskSecret(), JSON.stringify([session, password]))
}
