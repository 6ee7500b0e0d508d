import { type Kysely, sql } from 'kysely'
import type { Status } from '#lib/comments/comment.ts'
import { type ReplyPosition, contextOf } from '#lib/comments/thread.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { addTotals } from '#lib/store/counts/totals.ts'

/**
 * Counts comments that have become published (`by` 1) or are so no more (-1): in the tally, and in their
 * context, where one that is shown for its replies alone changes with them. In the
 * order that every transaction keeps: comments, newest first, then the tally.
 */
export async function countPublished(
  db: Kysely<Database>,
  changes: { place: ReplyPosition; by: number }[],
): Promise<void> {
  const replies = new Map<string, number>()
  let total = 0
  for (const { place, by } of changes) {
    if (by === 0) continue
    total += by
    for (const id of contextOf(place)) replies.set(id, (replies.get(id) ?? 0) + by)
  }
  for (const [id, by] of [...replies].sort(([a], [b]) => (a > b ? -1 : 1)))
    await db
      .updateTable('comments')
      .set({
        replies: sql`replies + ${by}`,
        changed_at: sql`case when status = 'published' then changed_at else ${Date.now()} end`,
      })
      .where('id', '=', id)
      .execute()
  await addTotals(db, { comments: total })
}

/**
 * Publishes, holds, refuses or deletes a comment, as the publisher decides; answers with what it was
 * before, or with nothing when there is none. The same twice is as once.
 */
export async function setStatus(
  db: Kysely<Database>,
  id: string,
  status: Status,
): Promise<Status | undefined> {
  return db.transaction().execute(async (transaction) => {
    const row = await lockComment(transaction, id)
    // What its writer has deleted has no text to bring back.
    if (!row || (row.status === 'deleted' && row.text === '')) return
    if (row.status !== status) await changeStatus(transaction, row, status, Date.now())
    return row.status
  })
}

/** Gives a comment that is locked another status, and counts it where it counts now. */
export async function changeStatus(
  transaction: Kysely<Database>,
  row: ReplyPosition & { id: string; status: Status },
  status: Status,
  now: number,
  decidedAt: number | null = now,
): Promise<void> {
  await transaction
    .updateTable('comments')
    .set({ status, decided_at: decidedAt, changed_at: now })
    .where('id', '=', row.id)
    .execute()
  const count = (value: Status) => (value === 'published' ? 1 : 0)
  await countPublished(transaction, [{ place: row, by: count(status) - count(row.status) }])
}

/** A comment's row, which no other transaction changes until this one ends. */
export async function lockComment(transaction: Kysely<Database>, id: string) {
  // By a write that changes nothing: reading first would let another in.
  return transaction
    .updateTable('comments')
    .set({ name: sql`name` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/** @throws when a text holds what no engine gives back as it came: a NUL or half a surrogate pair. */
export function requireStorableText(texts: string[]): void {
  for (const text of texts)
    if (text.includes('\0') || !text.isWellFormed())
      throw new TypeError('The text holds a character that cannot be kept')
}
