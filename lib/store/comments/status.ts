import { type Kysely, sql } from 'kysely'
import type { Status } from '#lib/comments/comment.ts'
import { type ReplyPosition, contextOf } from '#lib/comments/thread.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { addTotals } from '#lib/store/counts/totals.ts'

/**
 * Counts comments that have become published (`by` 1) or are no longer published (-1): in the tally, and
 * as replies of the comments in their context, which may be shown for their replies alone. Every
 * transaction locks rows in this order: comments, the newest first, then the tally.
 */
export async function countPublished(
  db: Kysely<Database>,
  changes: { position: ReplyPosition; by: number }[],
): Promise<void> {
  const replies = new Map<string, number>()
  let total = 0
  for (const { position, by } of changes) {
    if (by === 0) continue
    total += by
    for (const id of contextOf(position)) replies.set(id, (replies.get(id) ?? 0) + by)
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
 * Sets the status of a comment without recording it in the audit log. Repeating it changes nothing.
 *
 * @returns the status before; undefined when there is no comment, or only a placeholder
 */
export async function setStatus(
  db: Kysely<Database>,
  id: string,
  status: Status,
): Promise<Status | undefined> {
  return db.transaction().execute(async (transaction) => {
    const row = await lockComment(transaction, id)
    // A comment that its writer has deleted has no text to restore.
    if (!row || (row.status === 'deleted' && row.text === '')) return
    if (row.status !== status) await changeStatus(transaction, row, status, Date.now())
    return row.status
  })
}

/** Changes the status of a locked comment and updates the counts that depend on it. */
export async function changeStatus(
  transaction: Kysely<Database>,
  row: ReplyPosition & { id: string; status: Status },
  status: Status,
  now: number,
  decidedAt: number | null = now,
): Promise<void> {
  await transaction
    .updateTable('comments')
    .set({
      status,
      decided_at: decidedAt,
      changed_at: now,
      ...(status === 'published' && { was_public: 1 }),
    })
    .where('id', '=', row.id)
    .execute()
  const count = (value: Status) => (value === 'published' ? 1 : 0)
  await countPublished(transaction, [{ position: row, by: count(status) - count(row.status) }])
}

/** Reads a comment's row and locks it until the transaction ends. */
export async function lockComment(transaction: Kysely<Database>, id: string) {
  // A write takes the lock: after a read, another transaction could come first. It notes what a process of
  // an older version has published without noting it, and else changes nothing.
  return transaction
    .updateTable('comments')
    .set({ was_public: sql`case when status = 'published' then 1 else was_public end` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/** @throws when a text holds a NUL or half a surrogate pair, which no engine returns as it was stored */
export function requireStorableText(texts: string[]): void {
  for (const text of texts)
    if (text.includes('\0') || !text.isWellFormed())
      throw new TypeError('The text contains a character that cannot be saved')
}
