import { type Kysely, sql } from 'kysely'

/** Counts replies at the deepest level, which are siblings of their parents and had not been counted. */
export async function countSiblingReplies(db: Kysely<unknown>): Promise<void> {
  await sql`update comments set replies = replies + (
    select count(*) from comments as answer
    where answer.parent = comments.id and answer.status = 'published'
    and answer.root <> comments.id and answer.path not like '%' || comments.id || '%')
    where path <> ''`.execute(db)
}
