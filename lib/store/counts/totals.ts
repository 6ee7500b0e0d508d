import { type Kysely, sql } from 'kysely'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** All votes on the story, views, and published comments. */
export type Totals = Omit<Database['tally'], 'shard'>

/** How many rows they are the sum of, as the migration made them. */
const SHARDS = 16
/** This process's: processes that write at the same time seldom wait for each other's row. */
const OWN = Math.floor(Math.random() * SHARDS)

/** A total, to be selected from `tally`: it costs the same with ten million votes as with ten. */
export function total<Column extends keyof Totals>(column: Column) {
  return sql<number>`cast(sum(${sql.ref(column)}) as bigint)`.as(column)
}

export async function readTotals(db: Kysely<Database>): Promise<Totals> {
  return db
    .selectFrom('tally')
    .select([total('up'), total('down'), total('views'), total('comments')])
    .executeTakeFirstOrThrow()
}

/** Adds to the totals, the last thing that a transaction does: every other waits for the row. */
export async function addTotals(db: Kysely<Database>, changes: Partial<Totals>): Promise<void> {
  const moved = Object.entries(changes).filter(([, by]) => by !== 0)
  if (moved.length === 0) return
  const columns = moved.map(([column]) => column)
  const values = moved.map(([, by]) => by)
  await executeCompiled(db, `add to ${columns}`, [...values, OWN], () => {
    const added = moved.map(([column, by]) => [column, sql<number>`${sql.ref(column)} + ${by}`])
    return db.updateTable('tally').set(Object.fromEntries(added)).where('shard', '=', OWN)
  })
}
