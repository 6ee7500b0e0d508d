import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import type { LiveChange, LiveComment } from '#lib/comments/live-change.ts'
import { publicComment } from '#lib/store/comments/public-comment.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { readTotals } from '#lib/store/counts/totals.ts'

export type LiveTotals = Pick<LiveChange, 'up' | 'down' | 'views' | 'total'>

/** How a comment stands, told without reading its text. */
export type CommentVersion = {
  id: string
  changedAt: number
  /** Another whenever another comment would be shown. */
  state: string
  /** Characters of its text. */
  length: number
}

/**
 * The totals, and the comments that have changed after a time: the last `most` of them, newest change
 * first. What has waited from the start was never shown, and is not told of.
 */
export async function readVersions(
  db: Kysely<Database>,
  after: number,
  most: number,
): Promise<{ totals: LiveTotals; versions: CommentVersion[] }> {
  const { comments: total, ...counts } = await readTotals(db)
  const rows = await db
    .selectFrom('comments')
    .select(['id', 'changed_at', 'status', 'up', 'down', 'edited_at', 'replies'])
    .select(sql<number>`length(text)`.as('length'))
    .where('changed_at', '>', after)
    .where((eb) => eb.not(wasNeverShown(eb)))
    .orderBy('changed_at', 'desc')
    .limit(most)
    .execute()
  const versions = rows.map(({ id, changed_at: changedAt, length, replies, ...row }) => {
    const { status, up, down, edited_at } = row
    // A time alone would not do: two changes may bear the same.
    const state = [changedAt, status, up, down, edited_at, replies > 0].join()
    return { id, changedAt, state, length }
  })
  return { totals: { ...counts, total }, versions }
}

/** That a comment was never shown: what changes one that is shown moves its `changed_at`. */
export function wasNeverShown(eb: ExpressionBuilder<Database, 'comments'>) {
  return eb.and([eb('status', '=', 'held'), eb('changed_at', '=', eb.ref('created_at'))])
}

/** These comments as a stranger sees them, in no order. */
export async function readChanged(db: Kysely<Database>, ids: string[]): Promise<LiveComment[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('comments as c')
    .leftJoin('comments as p', (join) =>
      join.onRef('p.id', '=', 'c.parent').on('p.status', '=', 'published'),
    )
    .selectAll('c')
    .select('p.name as parent_name')
    .where('c.id', 'in', ids)
    .execute()
  return rows.map((row) => {
    const { id, status, replies } = row
    return status === 'published' || replies > 0
      ? publicComment({ ...row, vote: null }, undefined)
      : { id, status }
  })
}
