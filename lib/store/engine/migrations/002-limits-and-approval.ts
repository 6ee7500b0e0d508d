import { type Kysely, sql } from 'kysely'
import type { Engine } from '#lib/store/engine/schema.ts'

/** Adds rate limits, and the approval of comments. */
export async function createRateLimits(db: Kysely<unknown>, engine: Engine): Promise<void> {
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
  // Few comments are held at a time: the others are left out of this index.
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
