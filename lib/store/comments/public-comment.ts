import type { Selectable } from 'kysely'
import { type CommentNode, parseComment } from '#lib/comments/comment-markdown.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { depthOf } from '#lib/comments/thread.ts'
import type { Database } from '#lib/store/engine/schema.ts'

/** A row with what other rows say of it. */
export type CommentRow = Selectable<Database['comments']> & {
  /** The name that its parent shows. */
  parent_name: string | null
  /** The asking reader's vote on it. */
  vote: number | null
}

/**
 * A new object from the fields that this reader may see: who wrote it, key, reason and hashes stay here,
 * and of what is not shown everything but its place.
 *
 * @param parse `keptTree` for rows that are read again and again
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

/** Trees of the comments read last. */
const trees = new Map<string, CommentNode[]>()
const MOST_TREES = 1_000

/** `parseComment`, remembered: a page of fifty is asked for again and again. */
export function parseCommentCached(text: string): CommentNode[] {
  const tree = trees.get(text) ?? parseComment(text)
  trees.delete(text)
  trees.set(text, tree)
  if (trees.size > MOST_TREES) trees.delete(trees.keys().next().value!)
  return tree
}
