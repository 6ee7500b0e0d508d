import { type Insertable, type Kysely, sql } from 'kysely'
import { v7 as newId } from 'uuid'
import type { AuditEntry, AuditAction } from '#lib/moderation/moderation.ts'
import { DECISIONS } from '#lib/moderation/moderation.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Most entries on one page of the log. */
export const LOG_PAGE = 50

type Row = Insertable<Database['acts']>

/** Adds an entry to the audit log, in the transaction of the action that it records. */
export async function addAuditEntry(
  transaction: Kysely<Database>,
  act: { act: AuditAction; moderator: string } & Partial<Row>,
): Promise<Row> {
  const id = newId()
  const row: Row = {
    id,
    batch: id,
    created_at: Date.now(),
    comment: null,
    turn: null,
    before: null,
    after: null,
    decided_before: null,
    detail: '',
    undone_at: null,
    ...act,
  }
  await transaction.insertInto('acts').values(row).execute()
  return row
}

/**
 * Reads a page of the audit log, the newest entry first.
 *
 * @param before the id of the last entry of the previous page
 * @returns `next` to read on from, null on the last page
 */
export async function readAuditLog(
  db: Kysely<Database>,
  before?: string,
): Promise<{ entries: AuditEntry[]; next: string | null }> {
  const rows = await select(db)
    .$if(before !== undefined, (query) => query.where('a.id', '<', before!))
    .orderBy('a.id', 'desc')
    .limit(LOG_PAGE + 1)
    .execute()
  const entries = rows.slice(0, LOG_PAGE).map(toAuditEntry)
  return { entries, next: rows.length > LOG_PAGE ? entries.at(-1)!.id : null }
}

/** Most decisions that are searched for one that can be undone. */
const MAX_SEARCHED = 50

/**
 * Reads the entries of the last form whose decisions can still be undone, by any moderator or by the one
 * who is named; empty when there is none.
 */
export async function readLastBatch(
  db: Kysely<Database>,
  moderator?: string,
): Promise<AuditEntry[]> {
  const last = await db
    .selectFrom('acts')
    .select('batch')
    .$if(moderator !== undefined, (query) => query.where('moderator', '=', moderator!))
    .where('act', 'in', DECIDING)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(MAX_SEARCHED)
    .execute()
  for (const batch of new Set(last.map(({ batch }) => batch))) {
    const rows = await select(db).where('a.batch', '=', batch).orderBy('a.id').execute()
    const entries = rows.map(toAuditEntry)
    if (entries.some(({ undoable }) => undoable)) return entries
  }
  return []
}

const DECIDING = Object.keys(DECISIONS) as (keyof typeof DECISIONS)[]

/** Reads the last decision on a comment that was not undone. */
export async function readLastDecision(db: Kysely<Database>, comment: string) {
  return db
    .selectFrom('acts')
    .selectAll()
    .where('comment', '=', comment)
    .where('act', 'in', DECIDING)
    .where('undone_at', 'is', null)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Counts the decisions on each of these comments, undone ones and the undoing included. */
export async function countDecisions(
  db: Kysely<Database>,
  comments: string[],
): Promise<Map<string, number>> {
  if (comments.length === 0) return new Map()
  const rows = await db
    .selectFrom('acts')
    .select(['comment', ({ fn }) => fn.max('turn').as('turn')])
    .where('comment', 'in', comments)
    .where('turn', 'is not', null)
    .groupBy('comment')
    .execute()
  return new Map(rows.map(({ comment, turn }) => [comment!, turn!]))
}

function select(db: Kysely<Database>) {
  return db
    .selectFrom('acts as a')
    .leftJoin('comments as c', 'c.id', 'a.comment')
    .select(['a.id', 'a.batch', 'a.act', 'a.moderator', 'a.created_at', 'a.comment', 'a.after'])
    .select(['a.detail', 'a.undone_at', 'c.status', 'c.name'])
    .select((query) =>
      query
        .selectFrom('acts as later')
        .select(sql<number>`1`.as('later'))
        .whereRef('later.comment', '=', 'a.comment')
        .whereRef('later.turn', '>', 'a.turn')
        .where('later.undone_at', 'is', null)
        .where('later.act', '!=', 'undo')
        .limit(1)
        .as('later'),
    )
}
type Selected = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

function toAuditEntry(row: Selected): AuditEntry {
  const { id, batch, act, moderator, created_at: at, comment, after, detail } = row
  const undone = row.undone_at !== null
  const undoable =
    Object.hasOwn(DECISIONS, act) && !undone && row.later === null && row.status === after
  const name = row.name ?? ''
  return { id, batch, action: act, moderator, at, comment, name, after, detail, undone, undoable }
}
