import { type Kysely, sql } from 'kysely'
import type { LiveChange, LiveComment } from '#lib/comments/live-change.ts'
import { publicComment } from '#lib/store/comments/public-comment.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { readTotals } from '#lib/store/counts/totals.ts'

export type ChangedTotals = Pick<LiveChange, 'up' | 'down' | 'views' | 'total'>

/** Identifies the state of a comment without its text. */
export type CommentVersion = {
  id: string
  /** UTC milliseconds. */
  changedAt: number
  /** Differs whenever the comment would be shown differently. */
  state: string
  /** Number of characters of its text. */
  length: number
}

/**
 * Reads the totals, and the comments that have changed after a time, the last change first. Comments that
 * were never public are left out.
 *
 * @param after UTC milliseconds
 * @param most most comments to read
 */
export async function readVersions(
  db: Kysely<Database>,
  after: number,
  most: number,
): Promise<{ totals: ChangedTotals; versions: CommentVersion[] }> {
  const { comments: total, ...counts } = await readTotals(db)
  const rows = await db
    .selectFrom('comments')
    .select(['id', 'changed_at', 'status', 'up', 'down', 'edited_at', 'replies'])
    .select(sql<number>`length(text)`.as('length'))
    .where('changed_at', '>', after)
    .where(({ eb, or }) => or([eb('was_public', '=', 1), eb('status', '=', 'published')]))
    .orderBy('changed_at', 'desc')
    .limit(most)
    .execute()
  const versions = rows.map(({ id, changed_at: changedAt, length, replies, ...row }) => {
    const { status, up, down, edited_at } = row
    // The time is not enough: two changes may have the same.
    const state = [changedAt, status, up, down, edited_at, replies > 0].join()
    return { id, changedAt, state, length }
  })
  return { totals: { ...counts, total }, versions }
}

/** Reads these comments as other readers see them, in no order; erased ones are missing. */
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
