import { type Kysely, type Selectable, sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { type CommentNode, parseComment } from '#lib/comment-markdown.ts'
import { type Comment, type CommentPage, PAGE_SIZE } from '#lib/comments.ts'
import type { Database } from '#lib/store/schema.ts'

export type NewComment = { reader: string; key: string; name: string; text: string }

/**
 * Keeps comments under their keys. The same key with the same words answers with the comment already
 * there, which stays its first writer's; with other words it answers with nothing.
 *
 * @throws when a text holds a NUL or half a surrogate pair: no engine gives these back as they came.
 */
export async function addComments(
  db: Kysely<Database>,
  comments: NewComment[],
): Promise<({ comment: Comment; reader: string } | undefined)[]> {
  for (const value of comments.flatMap(({ name, text }) => [name, text]))
    if (value.includes('\0') || !value.isWellFormed())
      throw new TypeError('The text holds a character that cannot be kept')

  const created_at = Date.now()
  const rows = await db.transaction().execute(async (transaction) => {
    const added = await transaction
      .insertInto('comments')
      .values(
        comments.map(({ reader, key, name, text }) => ({
          id: newId(),
          reader,
          key,
          name,
          text,
          created_at,
        })),
      )
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returningAll()
      .execute()
    if (added.length > 0)
      await transaction
        .updateTable('tally')
        .set({ comments: sql`comments + ${added.length}` })
        .execute()
    if (added.length === comments.length) return added
    const keys = comments.map(({ key }) => key)
    return transaction.selectFrom('comments').selectAll().where('key', 'in', keys).execute()
  })
  const byKey = new Map(rows.map((row) => [row.key, row]))
  return comments.map(({ key, name, text }) => {
    const row = byKey.get(key)!
    if (row.name === name && row.text === text)
      return { comment: publicComment(row), reader: row.reader }
  })
}

/** Whether there is a comment with this id; without an id, whether comments can be read at all. */
export async function hasComment(db: Kysely<Database>, id?: string): Promise<boolean> {
  let query = db.selectFrom('comments').select('id').limit(1)
  if (id !== undefined) query = query.where('id', '=', id)
  const found = await query.executeTakeFirst()
  return id === undefined || found !== undefined
}

/** Where a page of comments begins: at a comment, or after one; without either, at the newest. */
export type Position = { at?: string; after?: string }

/** Nothing when the position names no comment. */
export async function readComments(
  db: Kysely<Database>,
  { at, after }: Position = {},
): Promise<CommentPage | undefined> {
  const id = at ?? after
  if (id !== undefined && !(await hasComment(db, id))) return
  let query = db
    .selectFrom('comments')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (id !== undefined) query = query.where('id', at === undefined ? '<' : '<=', id)
  const rows = await query.execute()
  const { comments: total } = await db
    .selectFrom('tally')
    .select('comments')
    .executeTakeFirstOrThrow()
  const comments = rows.slice(0, PAGE_SIZE).map(publicComment)
  return { comments, total, next: rows.length > PAGE_SIZE ? (comments.at(-1)?.id ?? null) : null }
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
  }
}
