import type { Kysely } from 'kysely'
import type { Comment } from '#lib/comments.ts'
import { publicComment } from '#lib/store/public-comment.ts'
import type { Database } from '#lib/store/schema.ts'

/** A comment that waits, as the publisher sees it: with why. */
export type HeldComment = { comment: Comment; reason: string }

/** Comments that wait for approval, the oldest first. */
export async function readHeld(db: Kysely<Database>): Promise<HeldComment[]> {
  const rows = await db
    .selectFrom('comments')
    .selectAll()
    .where('status', '=', 'held')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    // As its writer sees it.
    comment: publicComment({ ...row, parent_name: null, vote: null }, row.reader),
    reason: row.reason ?? '',
  }))
}
