import { type Kysely, type Selectable, sql } from 'kysely'
import type {
  CommentSummary,
  ModeratedComment,
  ModerationQueue,
} from '#lib/moderation/moderation.ts'
import { countFitting } from '#lib/comments/page-length.ts'
import { countDecisions } from '#lib/store/audit-log.ts'
import { versionOf } from '#lib/store/moderation/decisions.ts'
import { publicComment } from '#lib/store/comments/public-comment.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Most comments on one page of the queue. */
export const QUEUE_PAGE = 20
/** Most other comments of the same reader beside a comment, and characters of their excerpts. */
const OTHERS = 3
const EXCERPT = 140
/** Most notes that are shown for one reason of reports, the newest. */
const NOTES = 5

/** Reads a page of the comments that are held or reported, the oldest first. */
export async function readQueue(db: Kysely<Database>, after = ''): Promise<ModerationQueue> {
  const waiting = db
    .selectFrom('comments')
    .select('id')
    // A literal, as in the index, so that both engines use that.
    .where('status', '=', sql.lit('held'))
    .union(
      db
        .selectFrom('comments')
        .select('id')
        .where('status', '=', sql.lit('published'))
        .where('id', 'in', (query) =>
          query.selectFrom('reports').select('comment').where('resolved_at', 'is', null),
        ),
    )
    .as('waiting')
  const rows = await db
    .selectFrom(waiting)
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(QUEUE_PAGE + 1)
    .execute()
  const { count } = await db
    .selectFrom(waiting)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const ids = rows.slice(0, QUEUE_PAGE).map(({ id }) => id)
  const comments = await readModeratedComments(db, ids, OTHERS)
  const page = comments.slice(0, countFitting(comments.map(({ comment }) => comment)))
  return {
    comments: page,
    pending: Number(count),
    next: rows.length > page.length ? (page.at(-1)?.comment.id ?? null) : null,
  }
}

/** Reads one comment of any status, with up to `others` more by the same reader. */
export async function readModeratedComment(
  db: Kysely<Database>,
  id: string,
  others = 100,
): Promise<ModeratedComment | undefined> {
  const [found] = await readModeratedComments(db, [id], others)
  return found
}

async function readModeratedComments(
  db: Kysely<Database>,
  ids: string[],
  others: number,
): Promise<ModeratedComment[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('comments as c')
    .leftJoin('comments as p', 'p.id', 'c.parent')
    .selectAll('c')
    .select('p.name as parent_name')
    .where('c.id', 'in', ids)
    .orderBy('c.id')
    .execute()
  const turns = await countDecisions(db, ids)
  const reports = await readReports(db, ids)
  const bans = await readBanned(db, rows)
  const found: ModeratedComment[] = []
  for (const row of rows) {
    const { briefs, total } = await readOthers(db, row, others)
    found.push({
      comment: asModerator(row),
      erased: row.reader === '',
      version: versionOf(row, turns.get(row.id) ?? 0),
      reason: row.reason,
      reports: reports.get(row.id) ?? [],
      banned: {
        reader: bans.get(`reader ${row.reader}`) ?? null,
        network: bans.get(`network ${row.network}`) ?? null,
      },
      hasNetwork: row.network !== null,
      others: briefs,
      othersTotal: total,
    })
  }
  return found
}

type Row = Selectable<Database['comments']> & { parent_name: string | null }

/** Returns a comment as its writer sees it, with the text of a deleted one, which may be restored. */
function asModerator(row: Row) {
  const status = row.status === 'deleted' && row.text !== '' ? 'refused' : row.status
  return { ...publicComment({ ...row, status, vote: null }, row.reader), status: row.status }
}

async function readReports(
  db: Kysely<Database>,
  ids: string[],
): Promise<Map<string, ModeratedComment['reports']>> {
  const rows = await db
    .selectFrom('reports')
    .select(['comment', 'reason', 'note'])
    .where('comment', 'in', ids)
    .where('resolved_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ comment }) => comment)].map(([comment, all]) => [
      comment,
      [...Map.groupBy(all, ({ reason }) => reason)]
        .map(([reason, same]) => {
          const notes = same.map(({ note }) => note).filter((note) => note.trim() !== '')
          return { reason, count: same.length, notes: notes.slice(0, NOTES) }
        })
        .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    ]),
  )
}

async function readBanned(db: Kysely<Database>, rows: Row[]): Promise<Map<string, number>> {
  const subjects = rows.flatMap(({ reader, network }) => [reader, ...(network ? [network] : [])])
  const bans = await db
    .selectFrom('bans')
    .select(['kind', 'subject', 'expires'])
    .where('subject', 'in', subjects)
    .where('expires', '>', Date.now())
    .execute()
  return new Map(bans.map(({ kind, subject, expires }) => [`${kind} ${subject}`, expires]))
}

async function readOthers(
  db: Kysely<Database>,
  { id, reader }: Row,
  most: number,
): Promise<{ briefs: CommentSummary[]; total: number }> {
  // Erased comments have no reader.
  if (reader === '') return { briefs: [], total: 0 }
  const others = db.selectFrom('comments').where('reader', '=', reader).where('id', '!=', id)
  const rows = await others
    .select(['id', 'created_at', 'status', 'text'])
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const { total } = await others
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return {
    briefs: rows.map(({ created_at: createdAt, text, ...row }) => ({
      ...row,
      createdAt,
      text: excerpt(text),
    })),
    total: Number(total),
  }
}

function excerpt(text: string): string {
  const characters = [...text]
  return characters.length > EXCERPT ? `${characters.slice(0, EXCERPT).join('')}…` : text
}
