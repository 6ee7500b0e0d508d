import type { Kysely, Selectable } from 'kysely'
import { type Comment, EDIT_WINDOW } from '#lib/comments/comment.ts'
import type { Refusal } from '#lib/settings/limits.ts'
import { findRecentFingerprints } from '#lib/store/comments/add.ts'
import { readComment } from '#lib/store/comments/read.ts'
import { countPublished, lockComment, requireStorableText } from '#lib/store/comments/status.ts'
import type { StoreContext } from '#lib/store/context.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { admit } from '#lib/store/limits/rate-limits.ts'
import { addDeliveries } from '#lib/store/webhook-queue.ts'

/** Names a comment and the reader who asks to change or delete it. */
export type OwnComment = {
  id: string
  reader: string
  /** Hashes of the reader's networks under the key of bans. */
  banNetworks?: string[] | undefined
}

export type Edit = OwnComment & {
  text: string
  /** Why it needs approval from now on; without it, the status stays. */
  holdReason?: string | undefined
  /** Result of `fingerprint`: with that of a recent comment, it is held as a duplicate. */
  fingerprint?: string | undefined
}

/**
 * Holds the comment as its writer sees it, undefined when not even a placeholder is shown. `gone`: there
 * is no such comment, or this reader has never seen it. `not_yours`: another reader wrote it. `too_late`:
 * `EDIT_WINDOW` is over.
 */
export type Edited =
  { comment: Comment | undefined } | Refusal | { problem: 'gone' | 'not_yours' | 'too_late' }

type Row = Selectable<Database['comments']>
type NotEdited = Exclude<Edited, { comment: unknown }>

/** Replaces the text of a comment for its writer, within `EDIT_WINDOW`. Repeating it changes nothing. */
export async function editComment(context: StoreContext, edit: Edit): Promise<Edited> {
  const { id, text, fingerprint = null } = edit
  requireStorableText([text])
  return changeOwnComment(context, edit, async (transaction, row, now) => {
    if (row.status === 'deleted') return { problem: 'gone' }
    if (text === row.text) return
    if (isTooLate(row, now)) return { problem: 'too_late' }
    const holdReason = await findHoldReason(transaction, edit, row.words)
    const status = holdReason === undefined ? row.status : 'held'
    const reason = holdReason ?? row.reason
    await transaction
      .updateTable('comments')
      .set({ status, text, words: fingerprint, reason, edited_at: now, changed_at: now })
      .where('id', '=', id)
      .execute()
    if (status === row.status) return
    if (context.hasWebhook) await addDeliveries(transaction, 'comment.held', [{ id, reason }])
    await countPublished(transaction, [{ position: row, by: -1 }])
  })
}

/**
 * Deletes the name and text of a comment for its writer, within `EDIT_WINDOW`, for good. A placeholder is
 * shown while it has replies. Repeating it changes nothing.
 */
export async function deleteOwnComment(context: StoreContext, own: OwnComment): Promise<Edited> {
  return changeOwnComment(context, own, async (transaction, row, now) => {
    if (row.status === 'deleted' && row.text === '') return
    if (isTooLate(row, now)) return { problem: 'too_late' }
    await transaction
      .updateTable('comments')
      .set({ status: 'deleted', name: '', text: '', words: null, reason: null, changed_at: now })
      .where('id', '=', own.id)
      .execute()
    if (row.status === 'published') await countPublished(transaction, [{ position: row, by: -1 }])
  })
}

/** Runs `change` on a comment's locked row, if it is the reader's; returns how the comment then stands. */
async function changeOwnComment(
  { db, limits }: StoreContext,
  own: OwnComment,
  change: (
    transaction: Kysely<Database>,
    row: Row,
    now: number,
  ) => Promise<NotEdited | undefined | void>,
): Promise<Edited> {
  const { id, reader } = own
  const edits = { kind: 'edits', limit: limits.edits, subjects: () => [reader] } as const
  const problem = await db.transaction().execute(async (transaction) => {
    const [refusal] = await admit(transaction, [own], [edits])
    if (refusal) return refusal
    const row = await lockComment(transaction, id)
    if (!row || row.status === 'refused') return { problem: 'gone' } as const
    if (row.reader !== reader) return { problem: row.was_public ? 'not_yours' : 'gone' } as const
    return change(transaction, row, Date.now())
  })
  return problem ?? { comment: await readComment(db, id, reader) }
}

function isTooLate({ created_at }: Row, now: number): boolean {
  return now >= created_at + EDIT_WINDOW
}

async function findHoldReason(
  db: Kysely<Database>,
  { holdReason, fingerprint }: Edit,
  before: string | null,
) {
  if (holdReason !== undefined || fingerprint === undefined || fingerprint === before)
    return holdReason
  const recent = await findRecentFingerprints(db, [fingerprint])
  return recent.has(fingerprint) ? 'duplicate' : undefined
}
