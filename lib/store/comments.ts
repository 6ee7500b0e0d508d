import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely'
// Node's own are in no order within a millisecond.
import { v7 as newId } from 'uuid'
import { type CommentNode, parseComment } from '#lib/comment-markdown.ts'
import { type Comment, type CommentPage, PAGE_SIZE } from '#lib/comments.ts'
import type { Limits, Refusal } from '#lib/limits.ts'
import {
  admit,
  type FirstAct,
  newReaderStages,
  type Stage,
  TOKEN_STAGE,
} from '#lib/store/quotas.ts'
import type { Database, Status } from '#lib/store/schema.ts'

export type NewComment = {
  reader: string
  first?: FirstAct | undefined
  /** The id of the form it was sent by, good once. */
  token?: string | undefined
  /** The hash of the writer's network. */
  network: string
  key: string
  name: string
  text: string
  /** Why it waits for approval; nothing when it is published at once. */
  held?: string | undefined
  /** A hash of what is said: the same as of a recent comment, it is held. */
  words?: string | undefined
}
/** Nothing when the key has posted other words. */
export type Added = { comment: Comment; reader: string } | Refusal | undefined

/**
 * Keeps comments under their keys. The same key with the same words answers with the comment already
 * there, which stays its first writer's and counts against no limit.
 *
 * @throws when a text holds a NUL or half a surrogate pair: no engine gives these back as they came.
 */
export async function addComments(
  db: Kysely<Database>,
  comments: NewComment[],
  limits: Limits,
): Promise<Added[]> {
  for (const value of comments.flatMap(({ name, text }) => [name, text]))
    if (value.includes('\0') || !value.isWellFormed())
      throw new TypeError('The text holds a character that cannot be kept')

  const { rows, refusals } = await db.transaction().execute(async (transaction) => {
    const known = await findByKey(transaction, comments)
    const seen = new Set(known.map(({ key }) => key))
    const fresh = comments.filter(({ key }) => !seen.has(key) && seen.add(key))
    const refused = await admit(transaction, fresh, commentStages(limits))
    const admitted = fresh.filter((_, index) => !refused[index])
    const added = await insertComments(transaction, admitted)
    // Another process may have posted under a key meanwhile.
    const others = added.length < fresh.length ? await findByKey(transaction, fresh) : []
    return {
      rows: [...known, ...others, ...added],
      refusals: new Map(fresh.map(({ key }, index) => [key, refused[index]])),
    }
  })
  const byKey = new Map(rows.map((row) => [row.key, row]))
  return comments.map(({ key, name, text }) => {
    const row = byKey.get(key)
    if (!row) return refusals.get(key)
    if (row.name === name && row.text === text)
      return { comment: publicComment(row), reader: row.reader }
  })
}

function commentStages(limits: Limits): Stage<NewComment>[] {
  const { commentPause, comments, networkComments } = limits
  const reader = (comment: NewComment) => comment.reader
  return [
    ...newReaderStages(limits),
    { kind: 'commentPause', limit: commentPause, subject: reader },
    { kind: 'comments', limit: comments, subject: reader },
    { kind: 'networkComments', limit: networkComments, subject: ({ network }) => network },
    TOKEN_STAGE,
  ]
}

/** Who repeats words does it soon: those of so many comments before are compared. */
const RECENT = 500

async function insertComments(db: Kysely<Database>, comments: NewComment[]) {
  if (comments.length === 0) return []
  const said = await findRecent(
    db,
    comments.flatMap(({ words }) => words ?? []),
  )
  const created_at = Date.now()
  const rows = comments.map(({ reader, key, name, text, held, words = null }) => {
    const reason = held ?? (words !== null && said.has(words) ? 'duplicate' : null)
    if (words !== null) said.add(words)
    const status: Status = reason === null ? 'published' : 'held'
    return { id: newId(), reader, key, name, text, words, created_at, status, reason }
  })
  const kept = await db
    .insertInto('comments')
    .values(rows)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .execute()
  const ids = new Set(kept.map(({ id }) => id))
  const added = rows.filter(({ id }) => ids.has(id))
  await countPublished(db, added.filter(({ status }) => status === 'published').length)
  return added
}

/** Which of these words stand in a recent comment, whatever became of it. */
async function findRecent(db: Kysely<Database>, words: string[]): Promise<Set<string | null>> {
  if (words.length === 0) return new Set()
  const recent = db
    .selectFrom('comments')
    .select('words')
    .orderBy('id', 'desc')
    .limit(RECENT)
    .as('recent')
  const rows = await db.selectFrom(recent).select('words').where('words', 'in', words).execute()
  return new Set(rows.map(({ words }) => words))
}

async function findByKey(db: Kysely<Database>, comments: NewComment[]) {
  const keys = comments.map(({ key }) => key)
  return db.selectFrom('comments').selectAll().where('key', 'in', keys).execute()
}

async function countPublished(db: Kysely<Database>, more: number): Promise<void> {
  if (more === 0) return
  await db
    .updateTable('tally')
    .set({ comments: sql`comments + ${more}` })
    .execute()
}

/** Where a page of comments begins: at a comment, or after one; without either, at the newest. */
export type Position = { at?: string | undefined; after?: string | undefined }

/**
 * Whether this reader may be shown a page that begins there; without a position, whether comments can
 * be read at all.
 */
export async function hasPage(
  db: Kysely<Database>,
  { at, after }: Position = {},
  reader?: string,
): Promise<boolean> {
  let query = db.selectFrom('comments').select('id').limit(1)
  if (at !== undefined) query = query.where('id', '=', at).where(isShownTo(reader))
  // A page may have ended at a comment that is not shown any more.
  else if (after !== undefined) query = query.where('id', '=', after)
  const found = await query.executeTakeFirst()
  return (at ?? after) === undefined || found !== undefined
}

/** The comments that this reader may see; nothing when the position names none of them. */
export async function readComments(
  db: Kysely<Database>,
  { at, after }: Position = {},
  reader?: string,
): Promise<CommentPage | undefined> {
  const id = at ?? after
  if (id !== undefined && !(await hasPage(db, { at, after }, reader))) return
  let query = db
    .selectFrom('comments')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (id !== undefined) query = query.where('id', at === undefined ? '<' : '<=', id)
  const published = await query.where('status', '=', 'published').execute()
  // Each has an index of its own, which "or" would use neither of.
  const own =
    reader === undefined
      ? []
      : await query
          // Said in the statement itself: SQLite would not know of a parameter that the index will do.
          .where('status', '=', sql.lit('held'))
          .where('reader', '=', reader)
          .execute()
  const rows = [...published, ...own].sort((a, b) => (a.id < b.id ? 1 : -1))
  const { comments: total } = await db
    .selectFrom('tally')
    .select('comments')
    .executeTakeFirstOrThrow()
  const comments = rows.slice(0, PAGE_SIZE).map(publicComment)
  return { comments, total, next: rows.length > PAGE_SIZE ? (comments.at(-1)?.id ?? null) : null }
}

function isShownTo(reader = '') {
  return ({ eb }: ExpressionBuilder<Database, 'comments'>) =>
    eb('status', '=', 'published').or(eb('status', '=', 'held').and('reader', '=', reader))
}

/** A comment that waits, as the publisher sees it: with why. */
export type HeldComment = { comment: Comment; reason: string }

/** Comments that wait for approval, the oldest first. */
export async function readHeld(db: Kysely<Database>): Promise<HeldComment[]> {
  const rows = await db
    .selectFrom('comments')
    .selectAll()
    .where('status', '=', 'held')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ comment: publicComment(row), reason: row.reason ?? '' }))
}

/** Publishes, holds or refuses a comment; answers whether there is one. The same twice is as once. */
export async function setStatus(
  db: Kysely<Database>,
  id: string,
  status: Status,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    // The row is locked by a write that changes nothing: reading first would let another in.
    const [row] = await transaction
      .updateTable('comments')
      .set({ name: sql`name` })
      .where('id', '=', id)
      .returning('status')
      .execute()
    if (!row) return false
    await transaction.updateTable('comments').set({ status }).where('id', '=', id).execute()
    const count = (value: Status) => (value === 'published' ? 1 : 0)
    await countPublished(transaction, count(status) - count(row.status))
    return true
  })
}

/** Trees of the comments read last: a page of fifty is asked for again and again. */
const trees = new Map<string, CommentNode[]>()
const MOST_TREES = 1_000

function treeOf(text: string): CommentNode[] {
  const tree = trees.get(text) ?? parseComment(text)
  trees.delete(text)
  trees.set(text, tree)
  if (trees.size > MOST_TREES) trees.delete(trees.keys().next().value!)
  return tree
}

/** A new object from the fields everyone may see: reader and key stay here. */
function publicComment(row: Selectable<Database['comments']>): Comment {
  return {
    id: row.id,
    name: row.name,
    text: row.text,
    body: treeOf(row.text),
    createdAt: row.created_at,
    held: row.status !== 'published',
  }
}
