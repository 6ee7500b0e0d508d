import type { Selectable } from 'kysely'
import { type CommentNode, parseComment } from '#lib/comments/comment-markdown.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { depthOf } from '#lib/comments/thread.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** Holds a comment's row with values from other tables and rows. */
export type CommentRow = Selectable<Database['comments']> & {
  /** The name that its parent shows; null without a published parent. */
  parent_name: string | null
  /** The asking reader's vote on it: 1, -1 or 0; null without one. */
  vote: number | null
}

/**
 * Returns what a reader may see of a comment, without its writer's id, key, reason and hashes. Of a
 * comment that this reader may not see, name and text are empty.
 *
 * @param parse `parseCommentCached` for rows that are read often
 */
export function publicComment(
  row: CommentRow,
  reader: string | undefined,
  parse = parseComment,
): Comment {
  const mine = row.reader === reader
  const isShown =
    row.status === 'published' || (mine && (row.status === 'held' || row.status === 'refused'))
  return {
    id: row.id,
    parent: row.parent === null ? null : { id: row.parent, name: row.parent_name ?? '' },
    depth: depthOf(row),
    name: isShown ? row.name : '',
    text: isShown ? row.text : '',
    body: isShown ? parse(row.text) : [],
    createdAt: row.created_at,
    editedAt: row.edited_at,
    status: row.status,
    byAuthor: isShown && row.by_author === 1,
    votes: {
      up: row.up,
      down: row.down,
      mine: row.vote === 1 ? 'up' : row.vote === -1 ? 'down' : null,
    },
    mine,
  }
}

/** Parsed texts, the least recently used first. */
const trees = new Map<string, CommentNode[]>()
const MAX_TREES = 1_000

/** Parses like `parseComment`, with a cache: pages are read again and again. */
export function parseCommentCached(text: string): CommentNode[] {
  const tree = trees.get(text) ?? parseComment(text)
  trees.delete(text)
  trees.set(text, tree)
  if (trees.size > MAX_TREES) trees.delete(trees.keys().next().value!)
  return tree
}
