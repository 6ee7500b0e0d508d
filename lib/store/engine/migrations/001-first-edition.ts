import { type Kysely, sql } from 'kysely'
import type { Engine } from '#lib/store/engine/schema.ts'

/** Creates the first tables: votes, the tally, comments, viewers and secrets. */
export async function createTables(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const bigint = engine === 'sqlite' ? 'integer' : 'bigint'
  // Without STRICT, SQLite takes any type in any column.
  const end = engine === 'sqlite' ? sql`strict` : sql``

  await db.schema
    .createTable('votes')
    .addColumn('reader', 'text', (column) => column.notNull().primaryKey())
    .addColumn('value', 'integer', (column) => column.notNull().check(sql`value in (-1, 0, 1)`))
    .addColumn('previous', 'integer', (column) => column.notNull().defaultTo(0))
    .modifyEnd(engine === 'sqlite' ? sql`strict, without rowid` : sql``)
    .execute()

  await db.schema
    .createTable('tally')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('up', bigint, (column) => column.notNull().check(sql`up >= 0`))
    .addColumn('down', bigint, (column) => column.notNull().check(sql`down >= 0`))
    .addColumn('views', bigint, (column) => column.notNull())
    .addColumn('comments', bigint, (column) => column.notNull())
    .modifyEnd(end)
    .execute()
  await sql`insert into tally (id, up, down, views, comments) values (1, 0, 0, 0, 0)`.execute(db)

  await db.schema
    .createTable('comments')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    // Validation counts grapheme clusters; these bounds only make sure that nothing is ever cut.
    .addColumn('name', 'text', (column) =>
      column.notNull().check(sql`length(name) between 1 and 4096`),
    )
    .addColumn('text', 'text', (column) =>
      column.notNull().check(sql`length(text) between 1 and 65536`),
    )
    .addColumn('created_at', bigint, (column) => column.notNull())
    .modifyEnd(end)
    .execute()
  await db.schema
    .createTable('viewers')
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('viewer', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('viewers_once', ['day', 'viewer'])
    .modifyEnd(end)
    .execute()

  await db.schema
    .createTable('secrets')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('secrets_once', ['name', 'day'])
    .modifyEnd(end)
    .execute()
}
