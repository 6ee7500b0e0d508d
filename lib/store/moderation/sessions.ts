import type { Kysely } from 'kysely'
import type { Refusal } from '#lib/settings/limits.ts'
import type { StoreContext } from '#lib/store/context.ts'
import { admit } from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Counts a try to sign in against the network's limit and that of all together. */
export async function trySignIn(
  { db, limits }: StoreContext,
  network: string,
): Promise<Refusal | undefined> {
  return db.transaction().execute(async (transaction) => {
    const [refusal] = await admit(
      transaction,
      [{ network }],
      [
        { kind: 'networkSignIns', limit: limits.networkSignIns, subject: (act) => act.network },
        { kind: 'signIns', limit: limits.signIns, subject: () => 'all' },
      ],
    )
    return refusal
  })
}

export type Session = { id: string; moderator: string; expires: number }

export async function addSession(db: Kysely<Database>, session: Session): Promise<void> {
  await db
    .transaction()
    .execute((transaction) => transaction.insertInto('sessions').values(session).execute())
}

/** A session that was neither ended nor is over. */
export async function readSession(db: Kysely<Database>, id: string): Promise<Session | undefined> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('id', '=', id)
    .where('expires', '>', Date.now())
    .executeTakeFirst()
}

export async function endSession(db: Kysely<Database>, id: string): Promise<void> {
  await db
    .transaction()
    .execute((transaction) => transaction.deleteFrom('sessions').where('id', '=', id).execute())
}
