import { type Kysely, sql } from 'kysely'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Counts of all votes on the story, views, and published comments. */
export type Totals = Omit<Database['tally'], 'shard'>

/** Number of rows that each total is the sum of, as the migration created them. */
const SHARDS = 16
/** Row that this process adds to: processes that write at the same time seldom share one. */
const OWN_SHARD = Math.floor(Math.random() * SHARDS)

/** Selects a total from `tally`, which costs the same with ten million votes as with ten. */
export function total<Column extends keyof Totals>(column: Column) {
  return sql<number>`cast(sum(${sql.ref(column)}) as bigint)`.as(column)
}

/** Reads the totals. */
export async function readTotals(db: Kysely<Database>): Promise<Totals> {
  return db
    .selectFrom('tally')
    .select([total('up'), total('down'), total('views'), total('comments')])
    .executeTakeFirstOrThrow()
}

/** Adds to the totals. Transactions do this last: others that share the row wait until they end. */
export async function addTotals(db: Kysely<Database>, changes: Partial<Totals>): Promise<void> {
  const changed = Object.entries(changes).filter(([, by]) => by !== 0)
  if (changed.length === 0) return
  const columns = changed.map(([column]) => column)
  const values = changed.map(([, by]) => by)
  await executeCompiled(db, `add to ${columns}`, [...values, OWN_SHARD], () => {
    const added = changed.map(([column, by]) => [column, sql<number>`${sql.ref(column)} + ${by}`])
    return db.updateTable('tally').set(Object.fromEntries(added)).where('shard', '=', OWN_SHARD)
  })
}
