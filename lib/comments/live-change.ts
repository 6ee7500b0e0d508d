import type { Comment, Status } from '#lib/comments/comment.ts'

/** Tells everyone what has changed: the data of an event of `GET /api/live`. */
export type LiveChange = {
  /** Votes on the story, all in all, like the other numbers. */
  up: number
  down: number
  views: number
  /** Number of published comments. */
  total: number
  /** Comments that have changed, each once, the last change at the end. */
  comments: LiveComment[]
  /** More has changed than is listed here: the page has to be loaded again. */
  reload?: true
}

/** Holds a comment as other readers see it, or the id of one that is no longer shown. */
export type LiveComment = Comment | { id: string; status: Exclude<Status, 'published'> }
