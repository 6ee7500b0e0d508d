import { type Kysely, sql } from 'kysely'
import {
  type Comment,
  type CommentPage,
  type ModerationOutcome,
  OUTCOME_DAYS,
  PAGE_SIZE,
  type Sort,
} from '#lib/comments/comment.ts'
import { ancestorsOf, type ThreadPosition } from '#lib/comments/thread.ts'
import {
  type CommentRow,
  parseCommentCached,
  publicComment,
} from '#lib/store/comments/public-comment.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { readTotals } from '#lib/store/counts/totals.ts'
import { DAY } from '#lib/time.ts'

/** Where a page of comments begins: at a comment, or after one; without either, at the first. */
export type Position = {
  sort?: Sort | undefined
  at?: string | undefined
  after?: string | undefined
}

/** A reader's comments that wait, at most: nobody may write more in a day. */
const MOST_OWN = 1_000

/** What a page's text may come to, in UTF-16 units: fifty of the longest comments would be a book. */
const PAGE_UNITS = 50_000

/** As the indexes have it, so that both engines know them for it. */
const SHOWN = sql<boolean>`(c.status = 'published' or c.replies > 0)`

/**
 * The comments that this reader may see from there on; nothing when the position names none of them. A
 * page that begins at a comment begins with those that it is drawn below.
 */
export async function readComments(
  db: Kysely<Database>,
  position: Position = {},
  reader?: string,
): Promise<CommentPage | undefined> {
  const { sort = 'newest', at, after } = position
  const anchor = await findAnchor(db, position, reader)
  if ((at ?? after) !== undefined && !anchor) return
  const lead = anchor && at ? await readLead(db, anchor, reader) : []
  const following = await readFollowing(db, sort, anchor, reader)
  const order = (a: Placed, b: Placed) => ORDERS[sort].compare(a, b)
  const last = following.length > PAGE_SIZE ? following.at(-1) : undefined
  const own = (await readOwn(db, reader)).filter(
    (row) => (!anchor || order(row, anchor) > 0) && (!last || order(row, last) < 0),
  )
  const rows = [...lead, ...[...following, ...own].sort(order)]
  const page = rows.slice(0, Math.max(lead.length, lengthOfPage(rows)))
  const { comments: total } = await readTotals(db)
  return {
    comments: page.map((row) => publicComment(row, reader, parseCommentCached)),
    total,
    next: page.length < rows.length ? page.at(-1)!.id : null,
    outcomes: await readOutcomes(db, reader),
  }
}

/** A comment, when this reader may see it or its place. */
export async function readComment(
  db: Kysely<Database>,
  id: string,
  reader?: string,
): Promise<Comment | undefined> {
  const anchor = await findAnchor(db, { at: id }, reader)
  const rows = anchor ? await select(db, reader).where('c.id', '=', id).execute() : []
  return rows[0] && publicComment(rows[0], reader)
}

/** What everyone may see, the newest first, wherever it stands; as many as a page has. */
export async function readNewest(db: Kysely<Database>): Promise<Comment[]> {
  // First which: PostgreSQL would prepare for joining them all.
  const newest = db
    .selectFrom('comments')
    .select('id')
    .where('status', '=', 'published')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE)
  const rows = await select(db).where('c.id', 'in', newest).orderBy('c.id', 'desc').execute()
  return rows.map((row) => publicComment(row, undefined, parseCommentCached))
}

/** A place in a list, and how good its thread is. */
type Placed = ThreadPosition & { root_score: number }
type Row = CommentRow & Placed

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

/** Of threads: how they are sorted, and which come after one. */
const ORDERS: Record<
  Sort,
  {
    compare: (a: Placed, b: Placed) => number
    sort: (query: Query) => Query
    goOn: (query: Query, after: Placed) => Query
  }
> = {
  newest: {
    compare: (a, b) => compareText(b.root, a.root) || compareText(a.path, b.path),
    sort: (query) => query.orderBy('c.root', 'desc'),
    // Of both, or PostgreSQL reads all threads that came before.
    goOn: (query, { root }) => query.where('c.root', '<', root).where('r.id', '<', root),
  },
  oldest: {
    compare: (a, b) => compareText(a.root, b.root) || compareText(a.path, b.path),
    sort: (query) => query.orderBy('c.root'),
    goOn: (query, { root }) => query.where('c.root', '>', root).where('r.id', '>', root),
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
    goOn: (query, { root, root_score }) =>
      query.where(sql<boolean>`(r.score, r.root) < (${root_score}, ${root})`),
  },
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The comment that a position names, when this reader may see it; a page may end at any. */
async function findAnchor(
  db: Kysely<Database>,
  { at, after }: Position,
  reader = '',
): Promise<(Placed & { id: string }) | undefined> {
  const id = at ?? after
  if (id === undefined) return
  const found = await db
    .selectFrom('comments as c')
    .innerJoin('comments as r', 'r.id', 'c.root')
    .select(['c.id', 'c.root', 'c.path', 'c.status', 'c.reader', 'c.replies'])
    .select('r.score as root_score')
    .where('c.id', '=', id)
    .executeTakeFirst()
  if (!found) return
  const isOwn = found.reader === reader && found.status !== 'deleted'
  const isShown = found.status === 'published' || found.replies > 0 || isOwn
  return at === undefined || isShown ? found : undefined
}

/** The comments that one is drawn below, and itself. */
async function readLead(
  db: Kysely<Database>,
  place: ThreadPosition & { id: string },
  reader?: string,
) {
  const ids = [...ancestorsOf(place), place.id]
  const rows = await select(db, reader).where('c.id', 'in', ids).execute()
  return rows.sort((a, b) => a.path.length - b.path.length)
}

/** One row more than a page has, to tell whether there are more. */
async function readFollowing(
  db: Kysely<Database>,
  sort: Sort,
  anchor: Placed | undefined,
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
  const threads = anchor ? order.goOn(shown, anchor) : shown
  const more = await order
    .sort(threads)
    .orderBy('c.path')
    .limit(PAGE_SIZE + 1 - rest.length)
    .execute()
  return [...rest, ...more]
}

/** What only its writer sees. A place among the others is in `readFollowing`. */
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
    .limit(MOST_OWN)
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
    // Who deleted it themselves knows.
    .where('text', '!=', '')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE)
    .execute()
  // Rows of SQLite have no prototype, which React does not take.
  return rows.map(({ id, status }) => ({ id, status }) as ModerationOutcome)
}

/** How many of these a page holds: at least one, so that the next goes on. */
function lengthOfPage(rows: Row[]): number {
  let units = 0
  const end = rows.findIndex(({ text }) => (units += text.length) > PAGE_UNITS)
  return Math.min(PAGE_SIZE, end < 0 ? rows.length : Math.max(end, 1))
}
