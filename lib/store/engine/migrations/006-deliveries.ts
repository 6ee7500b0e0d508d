import { type Kysely, sql } from 'kysely'
import type { Engine } from '#lib/store/engine/schema.ts'

/** Adds the queue of messages to the publisher's webhook. */
export async function createDeliveries(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const bigint = engine === 'sqlite' ? 'integer' : 'bigint'
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('comment.held', 'comment.reported')`),
    )
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('created_at', bigint, (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('due_at', bigint, (column) => column.notNull())
    .addUniqueConstraint('deliveries_once', ['kind', 'comment'])
    .modifyEnd(engine === 'sqlite' ? sql`strict` : sql``)
    .execute()
  await db.schema.createIndex('deliveries_due').on('deliveries').column('due_at').execute()
}
