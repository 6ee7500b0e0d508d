import { type Kysely, sql } from 'kysely'
import { FORM_KEY } from '#lib/comments/comment.ts'
import { deletePlaceholders } from '#lib/store/comments/erase.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { DAY, dayOf } from '#lib/time.ts'

/** Deletes what has expired, so that no hash of an address is kept for 48 hours. */
export async function deleteExpired(db: Kysely<Database>): Promise<void> {
  const now = Date.now()
  const today = dayOf(now)
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('quotas').where('expires', '<=', now).execute()
    await forgetNetworks(transaction, now)
    await transaction.deleteFrom('bans').where('expires', '<=', now).execute()
    await transaction.deleteFrom('sessions').where('expires', '<=', now).execute()
    await deletePlaceholders(transaction, now)
    // Where no webhook is set nobody is told.
    await transaction
      .deleteFrom('deliveries')
      .where('created_at', '<', now - DAY)
      .execute()
    await transaction.deleteFrom('viewers').where('day', '<', today).execute()
    await transaction.deleteFrom('secrets').where('day', '>', 0).where('day', '<', today).execute()
  })
}

/** Behind every key that begins so, whether a collation goes by bytes or by letters. */
const AFTER_FORM_KEYS = FORM_KEY + 'z'.repeat(44)

/** Of comments a day old: keys made of addresses, and marks of networks. A ban keeps its own. */
async function forgetNetworks(db: Kysely<Database>, now: number): Promise<void> {
  const old = db
    .selectFrom('comments')
    .select('id')
    .where('created_at', '<', now - DAY)
  // Each by an index of its own, which "or" would use neither of.
  const marked = await old.where('network', 'is not', null).execute()
  const keyed = await old
    .where('key', '>=', FORM_KEY)
    .where('key', '<', AFTER_FORM_KEYS)
    .where(sql`substr(key, 1, ${sql.lit(FORM_KEY.length)})`, '=', FORM_KEY)
    .execute()
  const hasKey = new Set(keyed.map(({ id }) => id))
  const ids = new Set([...hasKey, ...marked.map(({ id }) => id)])
  // In the order that every transaction keeps.
  for (const id of [...ids].sort().reverse())
    await db
      .updateTable('comments')
      .set({ network: null, ...(hasKey.has(id) && { key: id }) })
      .where('id', '=', id)
      .execute()
}
