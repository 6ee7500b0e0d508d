import type { Kysely } from 'kysely'
import { type Comment, EDIT_WINDOW } from '#lib/comments/comment.ts'
import type { Limits, Refusal } from '#lib/settings/limits.ts'
import { findRecent } from '#lib/store/comments/add.ts'
import { addDeliveries } from '#lib/store/webhook-queue.ts'
import { readComment } from '#lib/store/comments/pages.ts'
import { admit, type Stage } from '#lib/store/limits/rate-limits.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { countPublished, lockComment, requireText } from '#lib/store/comments/status.ts'

/** What a writer does to a comment; without a text it is deleted. */
export type Edit = {
  id: string
  reader: string
  /** The hash of the writer's network under the key of bans. */
  origin?: string | undefined
  text?: string | undefined
  /** Why it waits for approval from now on; nothing when it stays as it was. */
  held?: string | undefined
  /** A hash of what is said: the same as of a recent comment, it is held. */
  words?: string | undefined
}

/**
 * The comment as its writer sees it, nothing when it leaves no place. `gone`: there is none, or nobody sees
 * it. `not_yours`: by another. `too_late`: the time is over.
 */
export type Edited =
  { comment: Comment | undefined } | Refusal | { problem: 'gone' | 'not_yours' | 'too_late' }

/**
 * Changes or deletes a comment for its writer, within `EDIT_WINDOW`. What is deleted loses its name and
 * text for good; its place stays while there are replies. The same twice is as once.
 *
 * @param tells whether the webhook is to be told of one that waits from now on
 */
export async function editComment(
  db: Kysely<Database>,
  edit: Edit,
  limits: Limits,
  tells: boolean,
): Promise<Edited> {
  const { id, reader, text } = edit
  requireText(text === undefined ? [] : [text])
  const problem = await db.transaction().execute(async (transaction): Promise<Problem> => {
    const [refusal] = await admit(transaction, [edit], editStages(limits))
    if (refusal) return refusal
    const row = await lockComment(transaction, id)
    if (!row || row.status === 'refused') return { problem: 'gone' }
    if (row.reader !== reader) return { problem: 'not_yours' }
    const isBlank = row.status === 'deleted' && row.text === ''
    if (row.status === 'deleted' && text !== undefined) return { problem: 'gone' }
    if (isBlank || text === row.text) return
    const now = Date.now()
    if (now >= row.created_at + EDIT_WINDOW) return { problem: 'too_late' }

    const held = text === undefined ? undefined : await findReason(transaction, edit, row.words)
    const status = text === undefined ? 'deleted' : held === undefined ? row.status : 'held'
    await transaction
      .updateTable('comments')
      .set(
        text === undefined
          ? { status, name: '', text: '', words: null, reason: null, changed_at: now }
          : {
              status,
              text,
              words: edit.words ?? null,
              reason: held ?? row.reason,
              edited_at: now,
              changed_at: now,
            },
      )
      .where('id', '=', id)
      .execute()
    if (tells && status === 'held' && row.status !== 'held')
      await addDeliveries(transaction, 'comment.held', [{ id, reason: held ?? null }])
    if (row.status === 'published' && status !== 'published')
      await countPublished(transaction, [{ place: row, by: -1 }])
  })
  if (problem) return problem
  return { comment: await readComment(db, id, reader) }
}

type Problem = Exclude<Edited, { comment: unknown }> | undefined

function editStages(limits: Limits): Stage<Edit>[] {
  return [{ kind: 'edits', limit: limits.edits, subject: ({ reader }) => reader }]
}

async function findReason(db: Kysely<Database>, { held, words }: Edit, before: string | null) {
  if (held !== undefined || words === undefined || words === before) return held
  const said = await findRecent(db, [words])
  return said.has(words) ? 'duplicate' : undefined
}
