import type { Kysely } from 'kysely'
import type { Refusal } from '#lib/settings/limits.ts'
import type { StoreContext } from '#lib/store/context.ts'
import { admit, type RateLimit, TOKEN_LIMIT } from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { DAY } from '#lib/time.ts'

/** Describes an attempt to sign in. */
export type SignInAttempt = {
  /** Hashes of the sender's networks under the key of the day. */
  networks: string[]
  /** Hash of the narrowest of them under a lasting key, by which it is known again. */
  network: string
  /** Id of the form whose proof of work it uses, which is valid once. */
  token?: string | undefined
}

/**
 * Counts an attempt to sign in. One with a proof of work is admitted up to a limit of all such together; any
 * is, up to a limit of its own, from a network that a moderator has signed in from, and else up to the limits
 * of its networks and of all together: strangers cannot use up what a moderator needs.
 *
 * @returns the limit that refuses it
 */
export async function trySignIn(
  { db, limits }: StoreContext,
  attempt: SignInAttempt,
): Promise<Refusal | undefined> {
  return db.transaction().execute(async (transaction) => {
    const isKnown = await isKnownNetwork(transaction, attempt.network)
    const ways: RateLimit<SignInAttempt>[][] = [
      ...(attempt.token === undefined ? [] : [[TOKEN_LIMIT, ofAll('provenSignIns')]]),
      ...(isKnown ? [[ofNetworks(({ network }) => [network])]] : []),
      [ofNetworks(({ networks }) => networks), ofAll('signIns')],
    ]
    let refusal: Refusal | undefined
    for (const rateLimits of ways) {
      const refused = (await admit(transaction, [attempt], rateLimits))[0]
      if (!refused) return
      // Nobody is asked for work that has just been done.
      if (refusal?.limit !== 'provenSignIns') refusal = refused
    }
    return refusal
  })

  function ofNetworks(subjects: (attempt: SignInAttempt) => string[]) {
    return { kind: 'networkSignIns', limit: limits.networkSignIns, subjects } as const
  }
  function ofAll(kind: 'signIns' | 'provenSignIns') {
    return { kind, limit: limits[kind], subjects: () => ['all'] }
  }
}

/** Names the rows of `quotas` that are networks which moderators have signed in from. */
const SIGNED_IN = 'signedIn'
/** Milliseconds that such a network is known after the last time. */
const KNOWN_TIME = 90 * DAY

async function isKnownNetwork(db: Kysely<Database>, network: string): Promise<boolean> {
  const known = await db
    .selectFrom('quotas')
    .select('subject')
    .where('kind', '=', SIGNED_IN)
    .where('subject', '=', network)
    .where('expires', '>', Date.now())
    .executeTakeFirst()
  return known !== undefined
}

/** Holds a moderator's session; `expires` in UTC milliseconds. */
export type Session = { id: string; moderator: string; expires: number }

/** Stores a session, and the network that it was opened from, by the hash of `SignInAttempt`. */
export async function addSession(
  db: Kysely<Database>,
  session: Session,
  network?: string,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('sessions').values(session).execute()
    if (network === undefined) return
    const expires = Date.now() + KNOWN_TIME
    await transaction
      .insertInto('quotas')
      .values({ kind: SIGNED_IN, subject: network, used: 1, before: 0, expires })
      .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet({ expires }))
      .execute()
  })
}

/** Reads a session; undefined when it was ended or has expired. */
export async function readSession(db: Kysely<Database>, id: string): Promise<Session | undefined> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('id', '=', id)
    .where('expires', '>', Date.now())
    .executeTakeFirst()
}

/** Ends a session. */
export async function endSession(db: Kysely<Database>, id: string): Promise<void> {
  await db
    .transaction()
    .execute((transaction) => transaction.deleteFrom('sessions').where('id', '=', id).execute())
}
