import { type Kysely, type Selectable } from 'kysely'
import type { Status } from '#lib/comments/comment.ts'
import { type Decision, DECISIONS, type DecisionConflict } from '#lib/moderation/moderation.ts'
import { addAuditEntry, readLastDecision, countDecisions } from '#lib/store/audit-log.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { lockComment, changeStatus } from '#lib/store/comments/status.ts'

export type NewDecision = {
  id: string
  decision: Decision
  moderator: string
  /** Id that all decisions of one form share. */
  batch: string
  /** The `version` that the moderator saw; without it, any version is decided on. */
  seen?: string | undefined
}

/** Holds the status before, or the state of a comment that was not changed; undefined without one. */
export type Decided = { before: Status } | { conflict: DecisionConflict } | undefined

type Row = Selectable<Database['comments']>

/**
 * Decides on a comment, resolves its reports and records it in the audit log. Of two moderators who
 * decide at once, the second gets a conflict.
 */
export async function decide(
  db: Kysely<Database>,
  { id, decision, moderator, batch, seen }: NewDecision,
): Promise<Decided> {
  return db.transaction().execute(async (transaction) => {
    const row = await lockComment(transaction, id)
    if (!row) return
    const turn = (await countDecisions(transaction, [id])).get(id) ?? 0
    const isOutdated = seen !== undefined && seen !== versionOf(row, turn)
    if (isOutdated || reasonGone(row)) return { conflict: await conflictOf(transaction, row) }
    const now = Date.now()
    const resolved = await transaction
      .updateTable('reports')
      .set({ resolved_at: now })
      .where('comment', '=', id)
      .where('resolved_at', 'is', null)
      .returning('reader')
      .execute()
    const after = DECISIONS[decision]
    if (row.status === after && resolved.length === 0)
      return { conflict: await conflictOf(transaction, row) }
    if (row.status !== after) await changeStatus(transaction, row, after, now)
    const change = { before: row.status, after, decided_before: row.decided_at }
    const act = { act: decision, moderator, batch, created_at: now, comment: id, turn: turn + 1 }
    await addAuditEntry(transaction, { ...act, ...change })
    return { before: row.status }
  })
}

/**
 * Undoes the decisions of one form, and opens the reports again that they resolved. A decision whose
 * comment has changed since stays, and is returned as a conflict.
 */
export async function undo(
  db: Kysely<Database>,
  batch: string,
  moderator: string,
): Promise<{ undone: number; conflicts: DecisionConflict[] }> {
  const acts = await db
    .selectFrom('acts')
    .select(['id', 'comment'])
    .where('batch', '=', batch)
    .where('turn', 'is not', null)
    .where('act', '!=', 'undo')
    .orderBy('id')
    .execute()
  const result = { undone: 0, conflicts: [] as DecisionConflict[] }
  for (const { id, comment } of acts) {
    const conflict = await undoOne(db, id, comment!, moderator)
    if (conflict) result.conflicts.push(conflict)
    else result.undone++
  }
  return result
}

async function undoOne(
  db: Kysely<Database>,
  id: string,
  comment: string,
  moderator: string,
): Promise<DecisionConflict | undefined> {
  return db.transaction().execute(async (transaction) => {
    const row = await lockComment(transaction, comment)
    // Only placeholders of erased comments are ever deleted.
    if (!row) return { id: comment, name: '', status: 'deleted', gone: 'erased', last: null }
    const last = await readLastDecision(transaction, comment)
    if (last?.id !== id || row.status !== last.after || reasonGone(row))
      return conflictOf(transaction, row)
    const now = Date.now()
    await transaction
      .updateTable('reports')
      .set({ resolved_at: null })
      .where('comment', '=', comment)
      .where('resolved_at', '=', last.created_at)
      .execute()
    if (row.status !== last.before)
      await changeStatus(transaction, row, last.before!, now, last.decided_before)
    await transaction.updateTable('acts').set({ undone_at: now }).where('id', '=', id).execute()
    const turn = (await countDecisions(transaction, [comment])).get(comment)! + 1
    const back = { before: last.after, after: last.before, decided_before: row.decided_at }
    await addAuditEntry(transaction, {
      act: 'undo',
      moderator,
      comment,
      turn,
      detail: last.act,
      ...back,
    })
  })
}

/** Returns a string that differs after every decision on a comment and every edit of it. */
export function versionOf(row: Pick<Row, 'status' | 'edited_at'>, turn: number): string {
  return `${row.status}.${row.edited_at ?? ''}.${turn}`
}

/** Tells why a comment has no text to restore; null when it has one. */
function reasonGone({ status, text, reader }: Row): DecisionConflict['gone'] {
  if (status !== 'deleted' || text !== '') return null
  return reader === '' ? 'erased' : 'deleted'
}

async function conflictOf(db: Kysely<Database>, row: Row): Promise<DecisionConflict> {
  const last = await readLastDecision(db, row.id)
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    gone: reasonGone(row),
    last: last ? { action: last.act, moderator: last.moderator, at: last.created_at } : null,
  }
}
