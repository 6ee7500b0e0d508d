import type { Kysely } from 'kysely'
import type { StoreContext } from '#lib/store/context.ts'
import { admit } from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { addTotals, readTotals } from '#lib/store/counts/totals.ts'

export type NewView = {
  day: number
  viewer: string
  /** The hash of the viewer's network. */
  network: string
}

/**
 * Counts each viewer once a day, as far as the network's limit allows. Answers with all views.
 */
export async function countViews({ db, limits }: StoreContext, seen: NewView[]): Promise<number[]> {
  await db.transaction().execute(async (transaction) => {
    const stages = [
      { kind: 'views', limit: limits.views, subject: (view: NewView) => view.network } as const,
    ]
    const refusals = await admit(transaction, seen, stages)
    const admitted = seen.filter((_, index) => !refusals[index])
    if (admitted.length === 0) return

    const first = await transaction
      .insertInto('viewers')
      .values(admitted.map(({ day, viewer }) => ({ day, viewer })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('day')
      .execute()
    await addTotals(transaction, { views: first.length })
  })
  // Not within: where transactions are serialised, other processes' rows would be waited for.
  const views = await readViews(db)
  return seen.map(() => views)
}

export async function readViews(db: Kysely<Database>): Promise<number> {
  return (await readTotals(db)).views
}
