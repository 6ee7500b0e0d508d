import { randomBytes } from 'node:crypto'
import { refuseLimited } from '#lib/api/limit-error.ts'
import { readToken } from '#lib/api/challenge.ts'
import { networkHashes } from '#lib/api/network.ts'
import { identifyNetworks } from '#lib/api/sender.ts'
import { deleteCookie, readSignedCookies, setCookie } from '#lib/http/cookies.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { clientAddress, isHttps } from '#lib/http/request-origin.ts'
import { isSameSecret, keyedHash } from '#lib/http/secrets.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'
import messages from '#messages/desk-refusals.json' with { type: 'json' }

/** The name of the cookie, and of its key in the store; both were named before the rest was. */
const COOKIE = 'desk'
const SESSION_SECONDS = 12 * 60 * 60

/** A moderator who is signed in: the name for the log, and the id of the session. */
export type Moderator = { name: string; session: string }

/**
 * Reads the moderator from a `Cookie` header. There is none without a session that was opened here with
 * the current password, has not been ended and has not expired. Until December 2026 the cookie's name over
 * https was the plain one, as it still is over http: a session that was opened under it goes on until it
 * expires.
 */
export async function readModerator(cookies: string | null): Promise<Moderator | undefined> {
  const password = getSettings().MODERATOR_PASSWORD
  if (!password) return
  for (const { id, signature } of readSignedCookies(cookies, COOKIE)) {
    if (!isSameSecret(signature, await sign(id, password))) continue
    const stored = await (await getStore()).readSession(id)
    if (stored) return { name: stored.moderator, session: id }
  }
}

/**
 * Reads the moderator who sent a request.
 *
 * @throws {RequestError} 401 when nobody is signed in
 */
export async function requireModerator(request: Request): Promise<Moderator> {
  const moderator = await readModerator(request.headers.get('cookie'))
  if (moderator) return moderator
  throw new RequestError(401, 'signed_out', messages.signedOut)
}

/**
 * Opens a session of twelve hours, and remembers the network it was opened from.
 *
 * @param token of a form with a proof of work, with which more tries are allowed; any other counts for none
 * @returns the headers that set its cookie
 * @throws {RequestError} 401 wrong password, 404 where MODERATOR_PASSWORD is not set, 429 too many tries
 */
export async function signIn(
  request: Request,
  { name, password, token }: { name: string; password: string; token?: string | undefined },
): Promise<Record<string, string>> {
  const expected = getSettings().MODERATOR_PASSWORD
  if (!expected) throw new RequestError(404, 'desk_off', messages.off)
  const store = await getStore()
  const form = token ? await readToken(token, request) : undefined
  // Under a key of the password: with another one, no network is known any more.
  const key = keyedHash(await getSessionSecret(), expected)
  const network = networkHashes(key, clientAddress(request))[0]!
  const refusal = await store.trySignIn({
    networks: await identifyNetworks(request),
    network,
    token: form?.proven ? form.id : undefined,
  })
  if (refusal) refuseLimited(refusal)
  if (!isSameSecret(password, expected))
    throw new RequestError(401, 'wrong_password', messages.wrongPassword)
  const id = randomBytes(32).toString('base64url')
  const expires = Date.now() + SESSION_SECONDS * 1_000
  await store.addSession({ id, moderator: name, expires }, network)
  const value = `${id}.${await sign(id, expected)}`
  return setCookie(COOKIE, value, { maxAge: SESSION_SECONDS, ...optionsFor(request) })
}

/** Ends the session of a request, if it has one, and makes the response delete its cookie. */
export async function signOut(request: Request, response: Response): Promise<void> {
  const moderator = await readModerator(request.headers.get('cookie'))
  if (moderator) await (await getStore()).endSession(moderator.session)
  deleteCookie(response, COOKIE, optionsFor(request))
}

/** Returns the key that signs sessions, which the store makes once. */
export async function getSessionSecret(): Promise<string> {
  return (await getStore()).readSecret(COOKIE)
}

function optionsFor(request: Request) {
  return { sameSite: 'Strict', isSecure: isHttps(request) } as const
}

/** Signs a session's id together with the password: a new password ends all sessions. */
async function sign(session: string, password: string): Promise<string> {
  return keyedHash(await getSessionSecret(), JSON.stringify([session, password]))
}
