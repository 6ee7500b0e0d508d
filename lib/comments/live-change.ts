import type { Comment, Status } from '#lib/comments/comment.ts'

/** What has changed, as everyone may see it: the data of an event of `GET /api/live`. */
export type LiveChange = {
  /** The votes on the story. */
  up: number
  down: number
  views: number
  /** Published comments. */
  total: number
  /** Those that have changed, each once, the one that changed last at the end. */
  comments: LiveComment[]
  /** More has changed than is told here: only the page tells it all. */
  reload?: true
}

/** A comment as a stranger sees it; of one that is shown no more, which it was. */
export type LiveComment = Comment | { id: string; status: Exclude<Status, 'published'> }
