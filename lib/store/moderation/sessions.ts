import type { Kysely } from 'kysely'
import type { Refusal } from '#lib/settings/limits.ts'
import type { StoreContext } from '#lib/store/context.ts'
import { admit } from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Counts an attempt to sign in; returns the limit that refuses it, of a network or of all together. */
export async function trySignIn(
  { db, limits }: StoreContext,
  networks: string[],
): Promise<Refusal | undefined> {
  return db.transaction().execute(async (transaction) => {
    const [refusal] = await admit(
      transaction,
      [{ networks }],
      [
        {
          kind: 'networkSignIns',
          limit: limits.networkSignIns,
          subjects: (attempt) => attempt.networks,
        },
        { kind: 'signIns', limit: limits.signIns, subjects: () => ['all'] },
      ],
    )
    return refusal
  })
}

/** Holds a moderator's session; `expires` in UTC milliseconds. */
export type Session = { id: string; moderator: string; expires: number }

/** Stores a session. */
export async function addSession(db: Kysely<Database>, session: Session): Promise<void> {
  await db
    .transaction()
    .execute((transaction) => transaction.insertInto('sessions').values(session).execute())
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
