import { type Kysely, sql } from 'kysely'

/**
 * Tells of every comment whether it was ever public. Only published comments are voted on, reported and
 * answered; where nothing shows that one was public it counts as one that never was, so that its id is told
 * to nobody.
 */
export async function markPublicComments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('comments')
    .addColumn('was_public', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`was_public in (0, 1)`),
    )
    .execute()
  await sql`update comments set was_public = 1
    where status = 'published' or replies > 0 or up > 0 or down > 0
    or id in (select parent from comments where parent is not null)
    or id in (select comment from reports)
    or id in (select comment from acts
      where comment is not null and ("before" = 'published' or "after" = 'published'))`.execute(db)
}
