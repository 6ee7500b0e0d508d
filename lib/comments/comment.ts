import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import type { Tally } from '#lib/votes.ts'

/** A comment as it is shown to a reader. */
export type Comment = {
  /** UUIDv7 */
  id: string
  /** What it answers, with the name of who wrote that. */
  parent: { id: string; name: string } | null
  /** How far in it is drawn: 0 to `MAX_DEPTH` - 1. */
  depth: number
  /** Empty, like `text` and `body`, where only its place is shown. */
  name: string
  /** Markdown, as it was written. */
  text: string
  /** `text` as the tree that is shown. */
  body: CommentNode[]
  /** UTC milliseconds */
  createdAt: number
  /** UTC milliseconds; null when it stands as it was written. */
  editedAt: number | null
  /** Only its writer sees one that is held or refused; of others with replies, the place is shown. */
  status: Status
  /** The author of the story wrote it. */
  byAuthor: boolean
  votes: Tally
  /** The reader who asks wrote it. */
  mine: boolean
}

export type Status = 'published' | 'held' | 'refused' | 'deleted'

export type CommentPage = {
  /** In the order asked for, each thread together; at most `PAGE_SIZE`. */
  comments: Comment[]
  /** All comments there are. */
  total: number
  /** The id after which the next page begins; null on the last one. */
  next: string | null
  /** What became of the reader's own that the publisher decided on in the last `OUTCOME_DAYS`. */
  outcomes: ModerationOutcome[]
}

/** What `GET /api/comments` answers. */
export type ListedComments = CommentPage & {
  /** No more may be written. */
  closed: boolean
  /** When it was read, in UTC milliseconds. */
  readAt: number
}

/** One that is deleted is not there to be led to. */
export type ModerationOutcome = { id: string; status: 'published' | 'refused' | 'deleted' }

/** The order of threads; within one, replies stand in the order of the conversation. */
export const SORTS = ['newest', 'oldest', 'best'] as const
export type Sort = (typeof SORTS)[number]

/** How long its writer may edit and delete a comment, in milliseconds. */
export const EDIT_WINDOW = 15 * 60 * 1_000
export const OUTCOME_DAYS = 7
export const PAGE_SIZE = 50
/** Why a comment is reported. */
export const REPORT_REASONS = ['spam', 'abuse', 'off-topic', 'other'] as const
export type ReportReason = (typeof REPORT_REASONS)[number]
/** UTF-16 units of the words with a report. */
export const NOTE_LIMIT = 500

/** Begins the keys of comments whose forms had none; they are forgotten after a day. */
export const FORM_KEY = 'form:'

/** The page that begins with this comment, scrolled to it. */
export function permalink(id: string): `/${string}` {
  return `/comments?page=${id}#comment-${id}`
}
