import { type Kysely, sql } from 'kysely'
import type { Engine } from '#lib/store/engine/schema.ts'

/**
 * Adds replies, votes on comments, edits, deletions and reports. Comments and votes get new tables,
 * because SQLite cannot change the checks and the primary key of an existing one.
 */
export async function createConversation(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await recreateComments(db, engine)
  await recreateVotes(db, engine)
  await db.schema
    .createTable('reports')
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('created_at', bigint(engine), (column) => column.notNull())
    .addColumn('resolved_at', bigint(engine))
    .addPrimaryKeyConstraint('reports_once', ['comment', 'reader'])
    .modifyEnd(strict(engine))
    .execute()
  await sql`create index reports_open on reports (created_at) where resolved_at is null`.execute(db)
}

async function recreateComments(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const size = (name: string, most: number) =>
    sql`length(${sql.ref(name)}) between ${sql.lit(1)} and ${sql.lit(most)} or status = 'deleted'`
  // Else the new table's would be called otherwise than the old one's.
  await sql`alter table comments rename to comments_before`.execute(db)
  for (const index of ['comments_by_status', 'comments_held'])
    await db.schema.dropIndex(index).execute()
  await db.schema
    .createTable('comments')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('parent', 'text')
    .addColumn('root', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull().check(size('name', 4_096)))
    .addColumn('text', 'text', (column) => column.notNull().check(size('text', 65_536)))
    .addColumn('created_at', bigint(engine), (column) => column.notNull())
    .addColumn('edited_at', bigint(engine))
    .addColumn('changed_at', bigint(engine), (column) => column.notNull())
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('published', 'held', 'refused', 'deleted')`),
    )
    .addColumn('decided_at', bigint(engine))
    .addColumn('reason', 'text')
    .addColumn('words', 'text')
    .addColumn('by_author', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`by_author in (0, 1)`),
    )
    .addColumn('up', bigint(engine), (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`up >= 0`),
    )
    .addColumn('down', bigint(engine), (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`down >= 0`),
    )
    .addColumn('score', engine === 'sqlite' ? 'real' : 'double precision', (column) =>
      column.notNull().defaultTo(0),
    )
    .addColumn('replies', bigint(engine), (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`replies >= 0`),
    )
    .modifyEnd(strict(engine))
    .execute()
  await sql`insert into comments
    (id, root, path, reader, key, name, text, created_at, changed_at, status, reason, words)
    select id, id, '', reader, key, name, text, created_at, created_at, status, reason, words
    from comments_before`.execute(db)
  await db.schema.dropTable('comments_before').execute()

  // Comments that nobody sees are left out of these indexes.
  const shown = sql`(status = 'published' or replies > 0)`
  await sql`create index comments_in_order on comments (root desc, path) where ${shown}`.execute(db)
  await sql`create index comments_by_score on comments (score desc, root desc)
    where path = '' and ${shown}`.execute(db)
  await sql`create index comments_held on comments (id) where status = 'held'`.execute(db)
  await db.schema
    .createIndex('comments_of_reader')
    .on('comments')
    .columns(['reader', 'id'])
    .execute()
  await db.schema.createIndex('comments_changed').on('comments').column('changed_at').execute()
}

async function recreateVotes(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await sql`alter table votes rename to votes_before`.execute(db)
  await db.schema
    .createTable('votes')
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('value', 'integer', (column) => column.notNull().check(sql`value in (-1, 0, 1)`))
    .addColumn('previous', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('since', bigint(engine), (column) => column.notNull())
    .addColumn('changes', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('votes_once', ['reader', 'comment'])
    .modifyEnd(engine === 'sqlite' ? sql`strict, without rowid` : sql``)
    .execute()
  await sql`insert into votes (reader, comment, value, previous, since, changes)
    select reader, '', value, previous, since, changes from votes_before`.execute(db)
  await db.schema.dropTable('votes_before').execute()
}

function bigint(engine: Engine) {
  return engine === 'sqlite' ? 'integer' : 'bigint'
}

/** Without it SQLite takes any type in any column. */
function strict(engine: Engine) {
  return engine === 'sqlite' ? sql`strict` : sql``
}
