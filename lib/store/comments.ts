import { type Kysely, type Selectable, sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { parseComment } from '#lib/comment-markdown.ts'
import { type Comment, type CommentPage, PAGE_SIZE } from '#lib/comments.ts'
import type { Database } from '#lib/store/schema.ts'

export type NewComment = { reader: string; key: string; name: string; text: string }

/**
 * Keeps a comment under its key. The same key with the same words answers with the comment already
 * there, which stays its first writer's; with other words it answers with nothing.
 *
 * @throws when the text holds a NUL or half a surrogate pair: no engine gives these back as they came.
 */
export async function addComment(
  db: Kysely<Database>,
  { reader, key, name, text }: NewComment,
): Promise<{ comment: Comment; reader: string } | undefined> {
  for (const value of [name, text])
    if (value.includes('\0') || !value.isWellFormed())
      throw new TypeError('The text holds a character that cannot be kept')

  const row = await db.transaction().execute(async (transaction) => {
    const added = await transaction
      .insertInto('comments')
      .values({ id: newId(), reader, key, name, text, created_at: Date.now() })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (added) {
      await transaction
        .updateTable('tally')
        .set({ comments: sql`comments + 1` })
        .execute()
      return added
    }
    return transaction
      .selectFrom('comments')
      .selectAll()
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
  })
  if (row.name === name && row.text === text)
    return { comment: publicComment(row), reader: row.reader }
}

/** Where a page of comments begins: at a comment, or after one; without either, at the newest. */
export type Position = { at?: string; after?: string }

/** Nothing when the position names no comment. */
export async function readComments(
  db: Kysely<Database>,
  { at, after }: Position = {},
): Promise<CommentPage | undefined> {
  let query = db
    .selectFrom('comments')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  const id = at ?? after
  if (id !== undefined) {
    const start = await db
      .selectFrom('comments')
      .select(['created_at', 'id'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!start) return
    query = query.where((where) =>
      where(
        where.refTuple('created_at', 'id'),
        at === undefined ? '<' : '<=',
        where.tuple(start.created_at, start.id),
      ),
    )
  }
  const rows = await query.execute()
  const { comments: total } = await db
    .selectFrom('tally')
    .select('comments')
    .executeTakeFirstOrThrow()
  const comments = rows.slice(0, PAGE_SIZE).map(publicComment)
  return { comments, total, next: rows.length > PAGE_SIZE ? (comments.at(-1)?.id ?? null) : null }
}

/** A new object from the fields everyone may see: reader and key stay here. */
function publicComment(row: Selectable<Database['comments']>): Comment {
  return {
    id: row.id,
    name: row.name,
    text: row.text,
    body: parseComment(row.text),
    createdAt: row.created_at,
  }
}
