import { type Kysely, sql } from 'kysely'
import type { Engine } from '#lib/store/engine/schema.ts'

/** Adds the list of erased readers, and the indexes by which an erasure finds their data. */
export async function createErasures(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('erasures')
    .addColumn('reader_hash', 'text', (column) => column.notNull().primaryKey())
    .addColumn('erased_at', engine === 'sqlite' ? 'integer' : 'bigint', (column) =>
      column.notNull(),
    )
    .modifyEnd(engine === 'sqlite' ? sql`strict, without rowid` : sql``)
    .execute()
  await sql`create index comments_by_parent on comments (parent) where parent is not null`.execute(
    db,
  )
  // Votes on the story, which are most, are left out of this index.
  await sql`create index votes_on_comments on votes (comment) where comment <> ''`.execute(db)
  await sql`create index reports_by_reader on reports (reader)`.execute(db)
}
