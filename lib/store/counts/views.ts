import type { Kysely } from 'kysely'
import type { StoreContext } from '#lib/store/context.ts'
import { admit } from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { addTotals, readTotals } from '#lib/store/counts/totals.ts'

export type NewView = {
  /** Days since 1970. */
  day: number
  /** Pseudonym of the viewer for this day. */
  viewer: string
  /** Hashes of the viewer's networks under the key of the day. */
  networks: string[]
}

/**
 * Counts each viewer once a day, as far as the limits of their networks allow.
 *
 * @returns for each, in order, the number of all views
 */
export async function countViews(
  { db, limits }: StoreContext,
  views: NewView[],
): Promise<number[]> {
  await db.transaction().execute(async (transaction) => {
    const viewLimits = [
      { kind: 'views', limit: limits.views, subjects: (view: NewView) => view.networks } as const,
    ]
    const refusals = await admit(transaction, views, viewLimits)
    const admitted = views.filter((_, index) => !refusals[index])
    if (admitted.length === 0) return

    const first = await transaction
      .insertInto('viewers')
      .values(admitted.map(({ day, viewer }) => ({ day, viewer })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('day')
      .execute()
    await addTotals(transaction, { views: first.length })
  })
  // Within the transaction, serialised transactions would conflict with other processes' rows.
  const total = await readViews(db)
  return views.map(() => total)
}

/** Reads the number of views. */
export async function readViews(db: Kysely<Database>): Promise<number> {
  return (await readTotals(db)).views
}
