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
  /** The same for all that one form decides. */
  batch: string
  /** The `version` that the moderator saw; without it, whatever stands there is decided on. */
  seen?: string | undefined
}

/** What the comment was before, or how it stands where nothing was done; nothing when there is none. */
export type Decided = { before: Status } | { conflict: DecisionConflict } | undefined

type Row = Selectable<Database['comments']>

/**
 * Decides on a comment, resolves its reports and writes it down. Of two moderators at once the second,
 * who has seen it as it was before, is told how it stands.
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
    const kept = { before: row.status, after, decided_before: row.decided_at }
    const act = { act: decision, moderator, batch, created_at: now, comment: id, turn: turn + 1 }
    await addAuditEntry(transaction, { ...act, ...kept })
    return { before: row.status }
  })
}

/**
 * Takes back the decisions of one form, each where its comment still stands as it left it: with the
 * reports that it resolved. Answers with how the others stand.
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
    // Only the places of erased comments are dropped.
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

/** What a moderator has seen of a comment: another, when anything was decided or changed since. */
export function versionOf(row: Pick<Row, 'status' | 'edited_at'>, turn: number): string {
  return `${row.status}.${row.edited_at ?? ''}.${turn}`
}

/** Its writer has deleted it, or it was erased: there is no text to bring back. */
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
