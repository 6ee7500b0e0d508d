import { type Kysely, sql } from 'kysely'
import { FORM_KEY } from '#lib/comments/comment.ts'
import { deletePlaceholders } from '#lib/store/comments/erase.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { DAY, dayOf } from '#lib/time.ts'

/** Deletes what has expired. By it no hash of an address is kept for 48 hours. */
export async function deleteExpired(db: Kysely<Database>): Promise<void> {
  const now = Date.now()
  const today = dayOf(now)
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('quotas').where('expires', '<=', now).execute()
    await deleteNetworkHashes(transaction, now)
    await transaction.deleteFrom('bans').where('expires', '<=', now).execute()
    await transaction.deleteFrom('sessions').where('expires', '<=', now).execute()
    await deletePlaceholders(transaction, now)
    // Without a webhook nobody takes them from the queue.
    await transaction
      .deleteFrom('deliveries')
      .where('created_at', '<', now - DAY)
      .execute()
    await transaction.deleteFrom('viewers').where('day', '<', today).execute()
    await transaction.deleteFrom('secrets').where('day', '>', 0).where('day', '<', today).execute()
  })
}

/** Sorts after every key with the prefix, whether a collation compares bytes or letters. */
const AFTER_FORM_KEYS = FORM_KEY + 'z'.repeat(44)

/** Deletes what is made of an address from comments older than a day: form keys and network hashes. */
async function deleteNetworkHashes(db: Kysely<Database>, now: number): Promise<void> {
  const old = db
    .selectFrom('comments')
    .select('id')
    .where('created_at', '<', now - DAY)
  // Each query uses an index of its own; one query with "or" would use neither.
  const withNetwork = await old.where('network', 'is not', null).execute()
  const withFormKey = await old
    .where('key', '>=', FORM_KEY)
    .where('key', '<', AFTER_FORM_KEYS)
    .where(sql`substr(key, 1, ${sql.lit(FORM_KEY.length)})`, '=', FORM_KEY)
    .execute()
  const hasKey = new Set(withFormKey.map(({ id }) => id))
  const ids = new Set([...hasKey, ...withNetwork.map(({ id }) => id)])
  // Every transaction locks comments in this order.
  for (const id of [...ids].sort().reverse())
    await db
      .updateTable('comments')
      .set({ network: null, ...(hasKey.has(id) && { key: id }) })
      .where('id', '=', id)
      .execute()
}
