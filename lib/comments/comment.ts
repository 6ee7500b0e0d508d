import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import type { Tally } from '#lib/votes.ts'

/** Holds what a reader may see of a comment; also what the API answers. */
export type Comment = {
  /** UUIDv7 */
  id: string
  /** The comment that it replies to, with its writer's name; null for the first of a thread. */
  parent: { id: string; name: string } | null
  /** Level of nesting at which it is drawn: 0 to `MAX_DEPTH` - 1. */
  depth: number
  /** Empty, like `text` and `body`, where only a placeholder is shown. */
  name: string
  /** Markdown as the writer typed it. */
  text: string
  /** `text` parsed into the tree that is shown. */
  body: CommentNode[]
  /** UTC milliseconds */
  createdAt: number
  /** UTC milliseconds; null when it was never edited. */
  editedAt: number | null
  /**
   * Only the writer sees a comment that is not published; if it has replies, other readers see a
   * placeholder.
   */
  status: Status
  /** Whether the author of the story wrote it. */
  byAuthor: boolean
  votes: Tally
  /** Whether the reader who asks wrote it. */
  mine: boolean
}

/** Whether a comment is shown, waits for a moderator, was refused by one, or was deleted by its writer. */
export type Status = 'published' | 'held' | 'refused' | 'deleted'

/** Holds a part of the list of comments. */
export type CommentPage = {
  /** At most `PAGE_SIZE`, in the order asked for, the comments of a thread together. */
  comments: Comment[]
  /** Number of all published comments. */
  total: number
  /** The id after which the next page begins; null on the last one. */
  next: string | null
  /** The reader's own comments that a moderator decided on in the last `OUTCOME_DAYS` days. */
  outcomes: ModerationOutcome[]
}

/** Holds the answer of `GET /api/comments`. */
export type ListedComments = CommentPage & {
  /** Whether comments are closed. */
  closed: boolean
  /** UTC milliseconds at which the store was read. */
  readAt: number
}

/** Tells what a moderator decided on a reader's own comment. */
export type ModerationOutcome = { id: string; status: 'published' | 'refused' | 'deleted' }

/** Orders of threads; within a thread the order is always that of the conversation. */
export const SORTS = ['newest', 'oldest', 'best'] as const
export type Sort = (typeof SORTS)[number]

/** Milliseconds in which a comment's writer may edit and delete it. */
export const EDIT_WINDOW = 15 * 60 * 1_000
/** Days for which readers are told what moderators decided on their comments. */
export const OUTCOME_DAYS = 7
/** Most comments on one page. */
export const PAGE_SIZE = 50
/** Reasons that a report may give. */
export const REPORT_REASONS = ['spam', 'abuse', 'off-topic', 'other'] as const
export type ReportReason = (typeof REPORT_REASONS)[number]
/** Most UTF-16 units of the note with a report. */
export const NOTE_LIMIT = 500

/** Prefix of keys that the server makes for forms without one; such keys are deleted after a day. */
export const FORM_KEY = 'form:'

/** Returns the path of the page that begins with this comment, scrolled to it. */
export function permalink(id: string): `/${string}` {
  return `/comments?page=${id}#comment-${id}`
}
