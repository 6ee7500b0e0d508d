import type { Kysely } from 'kysely'
import type { Database } from '#lib/store/schema.ts'
import { dayOf } from '#lib/views.ts'

/** Deletes what has expired, so that no hash of an address is kept for 48 hours. */
export async function tidy(db: Kysely<Database>): Promise<void> {
  const now = Date.now()
  const today = dayOf(now)
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('quotas').where('expires', '<=', now).execute()
    await transaction.deleteFrom('viewers').where('day', '<', today).execute()
    await transaction.deleteFrom('secrets').where('day', '>', 0).where('day', '<', today).execute()
  })
}
