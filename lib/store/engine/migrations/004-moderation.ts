import { type Kysely, sql } from 'kysely'
import type { Engine } from '#lib/store/engine/schema.ts'

/** Adds moderation: sessions, the audit log, bans, and settings. */
export async function createModeration(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const bigint = engine === 'sqlite' ? 'integer' : 'bigint'
  // Without STRICT, SQLite takes any type in any column.
  const end = engine === 'sqlite' ? sql`strict` : sql``

  await db.schema.alterTable('comments').addColumn('network', 'text').execute()
  await sql`create index comments_with_network on comments (created_at)
    where network is not null`.execute(db)

  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('moderator', 'text', (column) => column.notNull())
    .addColumn('expires', bigint, (column) => column.notNull())
    .modifyEnd(end)
    .execute()

  await db.schema
    .createTable('acts')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('batch', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('moderator', 'text', (column) => column.notNull())
    .addColumn('created_at', bigint, (column) => column.notNull())
    .addColumn('comment', 'text')
    .addColumn('turn', 'integer')
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('decided_before', bigint)
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('undone_at', bigint)
    .modifyEnd(end)
    .execute()
  // Two decisions on one comment never have the same number.
  await db.schema
    .createIndex('acts_in_turn')
    .unique()
    .on('acts')
    .columns(['comment', 'turn'])
    .execute()
  await db.schema.createIndex('acts_by_batch').on('acts').column('batch').execute()
  await db.schema.createIndex('acts_by_moderator').on('acts').columns(['moderator', 'id']).execute()

  await db.schema
    .createTable('bans')
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('reader', 'network')`),
    )
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('moderator', 'text', (column) => column.notNull())
    .addColumn('created_at', bigint, (column) => column.notNull())
    .addColumn('expires', bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('bans_once', ['kind', 'subject'])
    .modifyEnd(end)
    .execute()

  await db.schema
    .createTable('desk')
    .addColumn('name', 'text', (column) => column.notNull().primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .modifyEnd(end)
    .execute()
}
