import { type Kysely, sql } from 'kysely'
import type { Engine } from '#lib/store/engine/schema.ts'

const SHARDS = 16

/** Splits the totals into rows whose sum they are, so that many processes can add to them at once. */
export async function shardTally(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const bigint = engine === 'sqlite' ? 'integer' : 'bigint'
  await sql`alter table tally rename to tally_before`.execute(db)
  let table = db.schema
    .createTable('tally')
    .addColumn('shard', 'integer', (column) => column.notNull().primaryKey())
  // A shard may be negative: one process may take back what another has counted.
  for (const column of ['up', 'down', 'views', 'comments'])
    table = table.addColumn(column, bigint, (column) => column.notNull().defaultTo(0))
  await table.modifyEnd(engine === 'sqlite' ? sql`strict` : sql``).execute()
  await sql`insert into tally (shard, up, down, views, comments)
    select 0, up, down, views, comments from tally_before`.execute(db)
  await sql`insert into tally (shard) values ${sql.join(
    Array.from({ length: SHARDS - 1 }, (_, shard) => sql`(${sql.lit(shard + 1)})`),
  )}`.execute(db)
  await db.schema.dropTable('tally_before').execute()
}
