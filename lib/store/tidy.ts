import { type Kysely, sql } from 'kysely'
import { FORM_KEY } from '#lib/comments.ts'
import { dropPlaces } from '#lib/store/erasure.ts'
import type { Database } from '#lib/store/schema.ts'
import { DAY, dayOf } from '#lib/views.ts'

/** Deletes what has expired, so that no hash of an address is kept for 48 hours. */
export async function tidy(db: Kysely<Database>): Promise<void> {
  const now = Date.now()
  const today = dayOf(now)
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('quotas').where('expires', '<=', now).execute()
    // Made of the writer's address, to know a form that is sent again.
    await transaction
      .updateTable('comments')
      .set({ key: sql`id` })
      .where('key', '>=', FORM_KEY)
      .where('key', '<', 'form;')
      .where('created_at', '<', now - DAY)
      .execute()
    // A ban keeps its own.
    await transaction
      .updateTable('comments')
      .set({ network: null })
      .where('network', 'is not', null)
      .where('created_at', '<', now - DAY)
      .execute()
    await transaction.deleteFrom('bans').where('expires', '<=', now).execute()
    await transaction.deleteFrom('sessions').where('expires', '<=', now).execute()
    await dropPlaces(transaction, now)
    await transaction.deleteFrom('viewers').where('day', '<', today).execute()
    await transaction.deleteFrom('secrets').where('day', '>', 0).where('day', '<', today).execute()
  })
}
