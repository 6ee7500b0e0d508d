import { type Kysely, sql } from 'kysely'
import {
  type Comment,
  type CommentPage,
  type ModerationOutcome,
  OUTCOME_DAYS,
  PAGE_SIZE,
  type Sort,
} from '#lib/comments/comment.ts'
import { countFitting } from '#lib/comments/page-length.ts'
import { ancestorsOf, type ThreadPosition } from '#lib/comments/thread.ts'
import {
  type CommentRow,
  parseCommentCached,
  publicComment,
} from '#lib/store/comments/public-comment.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { readTotals } from '#lib/store/counts/totals.ts'
import { DAY } from '#lib/time.ts'

/** Names where a page begins: at a comment, or after one, by id; without either, at the first. */
export type Position = {
  sort?: Sort | undefined
  at?: string | undefined
  after?: string | undefined
}

/** Most comments of a reader that are held or refused: more than one may write in a day. */
const MAX_OWN = 1_000

/** Condition of the comments that everyone sees; worded as in the indexes, so that both engines use them. */
const SHOWN = sql<boolean>`(c.status = 'published' or c.replies > 0)`

/**
 * Reads a page of the comments that a reader may see. A page that begins at a comment begins with those
 * that it is drawn below.
 *
 * @returns undefined when the position names a comment that this reader may not see
 */
export async function readComments(
  db: Kysely<Database>,
  position: Position = {},
  reader?: string,
): Promise<CommentPage | undefined> {
  const { sort = 'newest', at, after } = position
  const anchor = await findAnchor(db, position, reader)
  if ((at ?? after) !== undefined && !anchor) return
  const start = anchor && at ? await readWithAncestors(db, anchor, reader) : []
  const following = await readFollowing(db, sort, anchor, reader)
  const order = (a: ListPosition, b: ListPosition) => ORDERS[sort].compare(a, b)
  const last = following.length > PAGE_SIZE ? following.at(-1) : undefined
  const own = (await readOwn(db, reader)).filter(
    (row) => (!anchor || order(row, anchor) > 0) && (!last || order(row, last) < 0),
  )
  const rows = [...start, ...[...following, ...own].sort(order)]
  const shown = rows
    .slice(0, Math.max(start.length, PAGE_SIZE))
    .map((row) => publicComment(row, reader, parseCommentCached))
  const page = shown.slice(0, Math.max(start.length, countFitting(shown)))
  const { comments: total } = await readTotals(db)
  return {
    comments: page,
    total,
    next: page.length < rows.length ? page.at(-1)!.id : null,
    outcomes: await readOutcomes(db, reader),
  }
}

/** Reads a comment; undefined when this reader may see neither it nor a placeholder of it. */
export async function readComment(
  db: Kysely<Database>,
  id: string,
  reader?: string,
): Promise<Comment | undefined> {
  const anchor = await findAnchor(db, { at: id }, reader)
  const rows = anchor ? await select(db, reader).where('c.id', '=', id).execute() : []
  return rows[0] && publicComment(rows[0], reader)
}

/** Reads the newest published comments of all threads, the newest first: as many as fit on a page. */
export async function readNewest(db: Kysely<Database>): Promise<Comment[]> {
  // The ids come first: PostgreSQL would plan to join all comments.
  const newest = db
    .selectFrom('comments')
    .select('id')
    .where('status', '=', 'published')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE)
  const rows = await select(db).where('c.id', 'in', newest).orderBy('c.id', 'desc').execute()
  const comments = rows.map((row) => publicComment(row, undefined, parseCommentCached))
  return comments.slice(0, countFitting(comments))
}

/** Position in a list of comments: in the thread, and the score of the thread. */
type ListPosition = ThreadPosition & { root_score: number }
type Row = CommentRow & ListPosition

function select(db: Kysely<Database>, reader = '') {
  return db
    .selectFrom('comments as c')
    .innerJoin('comments as r', 'r.id', 'c.root')
    .leftJoin('comments as p', (join) =>
      join.onRef('p.id', '=', 'c.parent').on('p.status', '=', 'published'),
    )
    .leftJoin('votes as v', (join) =>
      join.on('v.reader', '=', reader).onRef('v.comment', '=', 'c.id'),
    )
    .selectAll('c')
    .select(['p.name as parent_name', 'v.value as vote', 'r.score as root_score'])
}
type Query = ReturnType<typeof select>

/** Orders of threads: how rows compare, how a query sorts them, and how it continues after a thread. */
const ORDERS: Record<
  Sort,
  {
    compare: (a: ListPosition, b: ListPosition) => number
    sort: (query: Query) => Query
    continueAfter: (query: Query, after: ListPosition) => Query
  }
> = {
  newest: {
    compare: (a, b) => compareText(b.root, a.root) || compareText(a.path, b.path),
    sort: (query) => query.orderBy('c.root', 'desc'),
    // The condition is on both, or PostgreSQL would read all threads before.
    continueAfter: (query, { root }) => query.where('c.root', '<', root).where('r.id', '<', root),
  },
  oldest: {
    compare: (a, b) => compareText(a.root, b.root) || compareText(a.path, b.path),
    sort: (query) => query.orderBy('c.root'),
    continueAfter: (query, { root }) => query.where('c.root', '>', root).where('r.id', '>', root),
  },
  best: {
    compare: (a, b) =>
      b.root_score - a.root_score || compareText(b.root, a.root) || compareText(a.path, b.path),
    sort: (query) =>
      query
        .where('r.path', '=', sql.lit(''))
        .where(sql<boolean>`(r.status = 'published' or r.replies > 0)`)
        .orderBy('r.score', 'desc')
        .orderBy('r.root', 'desc'),
    continueAfter: (query, { root, root_score }) =>
      query.where(sql<boolean>`(r.score, r.root) < (${root_score}, ${root})`),
  },
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Finds the comment that a position names: one to begin at only if this reader may see it, one to go on
 * after if this reader may have seen it before.
 */
async function findAnchor(
  db: Kysely<Database>,
  { at, after }: Position,
  reader = '',
): Promise<(ListPosition & { id: string }) | undefined> {
  const id = at ?? after
  if (id === undefined) return
  const found = await db
    .selectFrom('comments as c')
    .innerJoin('comments as r', 'r.id', 'c.root')
    .select(['c.id', 'c.root', 'c.path', 'c.status', 'c.reader', 'c.replies', 'c.was_public'])
    .select('r.score as root_score')
    .where('c.id', '=', id)
    .executeTakeFirst()
  if (!found) return
  const isOwn = found.reader === reader && reader !== ''
  const isShown = found.status === 'published' || found.replies > 0
  if (isShown) return found
  if (at === undefined) return found.was_public || isOwn ? found : undefined
  return isOwn && found.status !== 'deleted' ? found : undefined
}

/** Reads a comment and those that it is drawn below, the first of the thread first. */
async function readWithAncestors(
  db: Kysely<Database>,
  position: ThreadPosition & { id: string },
  reader?: string,
) {
  const ids = [...ancestorsOf(position), position.id]
  const rows = await select(db, reader).where('c.id', 'in', ids).execute()
  return rows.sort((a, b) => a.path.length - b.path.length)
}

/** Reads one row more than fits on a page, to tell whether there is another page. */
async function readFollowing(
  db: Kysely<Database>,
  sort: Sort,
  anchor: ListPosition | undefined,
  reader?: string,
): Promise<Row[]> {
  const shown = select(db, reader).where(SHOWN)
  const rest = anchor
    ? await shown
        .where('c.root', '=', anchor.root)
        .where('c.path', '>', anchor.path)
        .orderBy('c.path')
        .limit(PAGE_SIZE + 1)
        .execute()
    : []
  if (rest.length > PAGE_SIZE) return rest
  const order = ORDERS[sort]
  const threads = anchor ? order.continueAfter(shown, anchor) : shown
  const more = await order
    .sort(threads)
    .orderBy('c.path')
    .limit(PAGE_SIZE + 1 - rest.length)
    .execute()
  return [...rest, ...more]
}

/** Reads the comments that only this reader sees; those with replies are in `readFollowing`. */
async function readOwn(db: Kysely<Database>, reader: string | undefined): Promise<Row[]> {
  if (reader === undefined) return []
  return select(db, reader)
    .where('c.reader', '=', reader)
    .where('c.replies', '=', 0)
    .where(({ eb, or }) =>
      or([
        eb('c.status', '=', 'held'),
        eb('c.status', '=', 'refused').and('c.decided_at', '>', Date.now() - OUTCOME_DAYS * DAY),
      ]),
    )
    .orderBy('c.id', 'desc')
    .limit(MAX_OWN)
    .execute()
}

async function readOutcomes(
  db: Kysely<Database>,
  reader: string | undefined,
): Promise<ModerationOutcome[]> {
  if (reader === undefined) return []
  const rows = await db
    .selectFrom('comments')
    .select(['id', 'status'])
    .where('reader', '=', reader)
    .where('decided_at', '>', Date.now() - OUTCOME_DAYS * DAY)
    .where('status', 'in', ['published', 'refused', 'deleted'])
    // Comments without text were deleted by the reader.
    .where('text', '!=', '')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE)
    .execute()
  // Rows of SQLite have no prototype, which React does not take.
  return rows.map(({ id, status }) => ({ id, status }) as ModerationOutcome)
}
