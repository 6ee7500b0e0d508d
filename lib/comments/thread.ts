/** Levels of nesting that are drawn; replies to the deepest level become its siblings. */
export const MAX_DEPTH = 4

/** Characters of a UUID. */
const ID_LENGTH = 36

/**
 * Position of a comment in its thread: the id of the comment that the thread begins with, and the
 * concatenated ids of the comments below that, down to the comment itself; empty for the first.
 */
export type ThreadPosition = { root: string; path: string }

/** Position of a comment, and the id of the comment that it replies to. */
export type ReplyPosition = ThreadPosition & { parent?: string | null | undefined }

/** Returns where a new comment is drawn: below its parent; replies to the deepest level become its siblings. */
export function positionBelow(parent: ThreadPosition | undefined, id: string): ThreadPosition {
  if (!parent) return { root: id, path: '' }
  const { root, path } = parent
  return { root, path: (depthOf(parent) < MAX_DEPTH - 1 ? path : path.slice(0, -ID_LENGTH)) + id }
}

/** Returns how deep a comment is drawn: from 0 for the first of a thread to `MAX_DEPTH` - 1. */
export function depthOf({ path }: Pick<ThreadPosition, 'path'>): number {
  return path.length / ID_LENGTH
}

/** Returns the ids of the comments that one is drawn below, the first of the thread first. */
export function ancestorsOf({ root, path }: ThreadPosition): string[] {
  const ids = path.match(/.{36}/g) ?? []
  return [root, ...ids].slice(0, -1)
}

/**
 * Returns the ids of the comments that are shown for the sake of this one, whatever becomes of them:
 * those that it is drawn below, and the one that it replies to.
 */
export function contextOf({ parent, ...position }: ReplyPosition): Set<string> {
  return new Set([...ancestorsOf(position), ...(parent ? [parent] : [])])
}
