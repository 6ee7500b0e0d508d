import type { CommentNode } from '#lib/comments/markdown.ts'
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
  outcomes: Outcome[]
}

/** What `GET /api/comments` answers. */
export type ListedComments = CommentPage & {
  /** No more may be written. */
  closed: boolean
  /** When it was read, in UTC milliseconds. */
  readAt: number
}

/** One that is deleted is not there to be led to. */
export type Outcome = { id: string; status: 'published' | 'refused' | 'deleted' }

/** The order of threads; within one, replies stand in the order of the conversation. */
export const SORTS = ['newest', 'oldest', 'best'] as const
export type Sort = (typeof SORTS)[number]

/** Replies are drawn so many deep; those to the deepest stand beside them. */
export const MAX_DEPTH = 4
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

/** The characters of a UUID. */
const ID_LENGTH = 36

/** Where a comment is drawn: below a root, with the path of ids that lead there. */
export type Place = { root: string; path: string }

/** Its place, and the comment that it answers. */
export type Answer = Place & { parent?: string | null | undefined }

/** Of a comment; of its parent's place when it has one. */
export function placeBelow(parent: Place | undefined, id: string): Place {
  if (!parent) return { root: id, path: '' }
  const { root, path } = parent
  return { root, path: (depthOf(parent) < MAX_DEPTH - 1 ? path : path.slice(0, -ID_LENGTH)) + id }
}

export function depthOf({ path }: Pick<Place, 'path'>): number {
  return path.length / ID_LENGTH
}

/** The ids of the comments that one is drawn below, from the root on. */
export function ancestorsOf({ root, path }: Place): string[] {
  const ids = path.match(/.{36}/g) ?? []
  return [root, ...ids].slice(0, -1)
}

/** The ids of the comments whose places stay for one: those that it is drawn below, and which it answers. */
export function contextOf({ parent, ...place }: Answer): Set<string> {
  return new Set([...ancestorsOf(place), ...(parent ? [parent] : [])])
}

/** The page that begins with this comment, scrolled to it. */
export function permalink(id: string): `/${string}` {
  return `/comments?page=${id}#comment-${id}`
}
