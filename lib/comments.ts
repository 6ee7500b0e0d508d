import type { CommentNode } from '#lib/comment-markdown.ts'
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

export type Outcome = { id: string; status: 'published' | 'refused' }

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
/** Characters as a person counts them (grapheme clusters). */
export const NAME_LIMIT = 80
export const TEXT_LIMIT = 5_000
/** One character may carry thousands of marks: these many UTF-16 units are what the store takes. */
const NAME_UNITS = 4_096
const TEXT_UNITS = 65_536

const segmenter = new Intl.Segmenter()

/** Grapheme clusters: a family emoji or a letter with its accents is one. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

/** What is wrong with a name, as a sentence for the reader; nothing when it will do. */
export function nameProblem(name: string): string | undefined {
  if (isBlank(name)) return 'Please write your name.'
  return (
    lengthProblem(name, NAME_LIMIT, NAME_UNITS, 'The name') ?? characterProblem(name, 'The name')
  )
}

/** What is wrong with a comment's text, as a sentence for the reader; nothing when it will do. */
export function textProblem(text: string): string | undefined {
  if (isBlank(text)) return 'Please write a comment.'
  return (
    lengthProblem(text, TEXT_LIMIT, TEXT_UNITS, 'The comment') ??
    characterProblem(text, 'The comment')
  )
}

/** The characters of a UUID. */
const ID_LENGTH = 36

/** Where a comment is drawn: below a root, with the path of ids that lead there. */
export type Place = { root: string; path: string }

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

/** The page that begins with this comment, scrolled to it. */
export function permalink(id: string): `/${string}` {
  return `/comments?page=${id}#comment-${id}`
}

function lengthProblem(
  text: string,
  limit: number,
  units: number,
  what: string,
): string | undefined {
  // Never more characters than units: counting them is slow.
  const count = text.length > limit ? countCharacters(text) : 0
  if (count > limit)
    return `${what} has ${count.toLocaleString('en')} characters; the most is ${limit.toLocaleString('en')}.`
  if (text.length > units) return `${what} has more accents and marks than can be kept.`
}

/** Neither SQLite's nor PostgreSQL's text gives these back as they came. */
function characterProblem(text: string, what: string): string | undefined {
  if (text.includes('\0') || !text.isWellFormed())
    return `${what} holds a character that cannot be kept. Please remove it.`
}

/** White space and characters that show nothing at all. */
function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]*$/u.test(text)
}
