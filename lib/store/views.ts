import { type Kysely, sql } from 'kysely'
import type { Database } from '#lib/store/schema.ts'

/** Counts a viewer once a day and forgets who viewed on other days. Answers with all views. */
export async function countView(
  db: Kysely<Database>,
  day: number,
  viewer: string,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const first = await transaction
      .insertInto('viewers')
      .values({ day, viewer })
      .onConflict((conflict) => conflict.doNothing())
      .returning('viewer')
      .executeTakeFirst()
    if (!first) return readViews(transaction)

    await transaction.deleteFrom('viewers').where('day', '<', day).execute()
    const { views } = await transaction
      .updateTable('tally')
      .set({ views: sql`views + 1` })
      .returning('views')
      .executeTakeFirstOrThrow()
    return views
  })
}

export async function readViews(db: Kysely<Database>): Promise<number> {
  const { views } = await db.selectFrom('tally').select('views').executeTakeFirstOrThrow()
  return views
}
