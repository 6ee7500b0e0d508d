import { type Generated, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The tables, as both engines have them. Times are UTC milliseconds, days are days since 1970. */
export type Database = {
  /** One row a reader who has voted: 1, -1, or 0 for a vote taken back. */
  votes: {
    reader: string
    value: number
    previous: Generated<number>
    /** Since when, in milliseconds, how many changes are counted. */
    since: number
    changes: number
  }
  /** One row of totals: reading them costs the same with ten million votes as with ten. */
  tally: { id: number; up: number; down: number; views: number; comments: number }
  comments: {
    /** UUIDv7: its order is that of time. */
    id: string
    reader: string
    key: string
    name: string
    text: string
    created_at: number
    /** Everyone sees what is published, its writer also what is held. */
    status: Status
    /** Why it is held, a word for the publisher. */
    reason: string | null
    /** A hash of what is said, to know it again. */
    words: string | null
  }
  /** Acts counted against a limit until they expire; `before` tells what the last statement found. */
  quotas: { kind: string; subject: string; used: number; before: number; expires: number }
  /** Who has been counted on a day, as a keyed hash. */
  viewers: { day: number; viewer: string }
  /** Made once and shared by all processes; `day` is 0 for those that stay. */
  secrets: { name: string; day: number; value: string }
}

export type Status = 'published' | 'held' | 'refused'

export type Engine = 'sqlite' | 'postgres'

/** In the order of their names. One that has been released is never edited. */
export function migrations(engine: Engine): Record<string, Migration> {
  return {
    '001-first-edition': { up: (db) => createTables(db, engine) },
    '002-limits-and-approval': { up: (db) => addLimits(db, engine) },
  }
}

async function createTables(db: Kysely<unknown>, engine: Engine): Promise<void> {
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
    // The rules count grapheme clusters; these bounds only say that nothing is ever cut.
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

async function addLimits(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const bigint = engine === 'sqlite' ? 'integer' : 'bigint'
  for (const [name, type] of [
    ['since', bigint],
    ['changes', 'integer'],
  ] as const)
    await db.schema
      .alterTable('votes')
      .addColumn(name, type, (column) => column.notNull().defaultTo(0))
      .execute()

  await db.schema
    .alterTable('comments')
    .addColumn('status', 'text', (column) =>
      column
        .notNull()
        .defaultTo('published')
        .check(sql`status in ('published', 'held', 'refused')`),
    )
    .execute()
  for (const name of ['reason', 'words'])
    await db.schema.alterTable('comments').addColumn(name, 'text').execute()
  await db.schema
    .createIndex('comments_by_status')
    .on('comments')
    .columns(['status', 'id'])
    .execute()
  // Few are held at a time: the others need no place in it.
  await sql`create index comments_held on comments (reader, id) where status = 'held'`.execute(db)

  await db.schema
    .createTable('quotas')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('used', bigint, (column) => column.notNull())
    .addColumn('before', bigint, (column) => column.notNull())
    .addColumn('expires', bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('quotas_once', ['kind', 'subject'])
    .modifyEnd(engine === 'sqlite' ? sql`strict, without rowid` : sql``)
    .execute()
  await db.schema.createIndex('quotas_by_expiry').on('quotas').column('expires').execute()
}
