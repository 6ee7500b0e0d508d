import type { Comment, Status } from '#lib/comments/comment.ts'
import { DAY } from '#lib/time.ts'

/** What a moderator may decide on a comment, and what the comment is then. */
export const DECISIONS = {
  approve: 'published',
  refuse: 'refused',
  delete: 'deleted',
  restore: 'published',
} as const satisfies Record<string, Status>
export type Decision = keyof typeof DECISIONS

/** How long a ban may be, in milliseconds. */
export const BAN_TIMES = {
  '1 hour': DAY / 24,
  '1 day': DAY,
  '1 week': 7 * DAY,
  '30 days': 30 * DAY,
} as const
export type BanTime = keyof typeof BAN_TIMES
export const BAN_KINDS = ['reader', 'network'] as const
export type BanKind = (typeof BAN_KINDS)[number]

/** Whether readers may write; `article` leaves it to the front matter. */
export const COMMENT_STATES = ['article', 'open', 'held', 'closed'] as const
export type CommentState = (typeof COMMENT_STATES)[number]

/** What the publisher wants besides what the article says. */
export type ModerationSettings = { comments: CommentState; heldWords: string[] }

/** What may stand in the log. */
export const AUDIT_ACTIONS = [
  'approve',
  'refuse',
  'delete',
  'restore',
  'undo',
  'ban',
  'unban',
  'comments',
  'words',
  'reply',
  'erase',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** One line of the log: who did what, when. */
export type AuditEntry = {
  id: string
  /** The same for all that one form did. */
  batch: string
  action: AuditAction
  moderator: string
  at: number
  /** The comment it was done to or because of, and its name. */
  comment: string | null
  name: string
  /** What the comment became. */
  after: Status | null
  detail: string
  undone: boolean
  /** A decision on a comment which nothing was done to since. */
  undoable: boolean
}

/** A line for a comment that is listed beside another. */
export type CommentSummary = { id: string; createdAt: number; status: Status; text: string }

/** A comment as a moderator sees it. */
export type ModeratedComment = {
  /** As its writer sees it. */
  comment: Comment
  /** All of its writer's was erased: it is nobody's any more. */
  erased: boolean
  /** Changes with whatever a moderator or its writer does to it. */
  version: string
  /** Why it is held, or was. */
  reason: string | null
  /** Those that no moderator has decided on, by reason. */
  reports: { reason: string; count: number; notes: string[] }[]
  /** Until when its writer is banned, and the network it came from. */
  banned: { reader: number | null; network: number | null }
  /** The network it came from is still known. */
  hasNetwork: boolean
  /** The newest others by the same reader, and how many there are. */
  others: CommentSummary[]
  othersTotal: number
}

/** A page of the comments that are to be decided on, the oldest first. */
export type ModerationQueue = {
  comments: ModeratedComment[]
  /** How many wait in all. */
  pending: number
  /** The id after which the next page begins; null on the last one. */
  next: string | null
}

/** A ban as a moderator sees it, who learns neither the reader's id nor the network's hash. */
export type Ban = {
  id: string
  kind: BanKind
  /** The comment for which it was made, and the name that this was written under. */
  comment: string
  name: string
  moderator: string
  createdAt: number
  expires: number
}

/** How a comment stands that was not decided on. */
export type DecisionConflict = {
  id: string
  name: string
  status: Status
  /** Why there are no words of it left: its writer deleted it, or all of a reader's was erased. */
  gone: 'deleted' | 'erased' | null
  /** The last decision on it. */
  last: Pick<AuditEntry, 'action' | 'moderator' | 'at'> | null
}

/**
 * What came of an act on several comments: how those stand that it was not done to (nothing for one
 * that is gone), and the number of those that it was.
 */
export type DecisionResult = {
  action: Decision | 'undo'
  conflicts: (DecisionConflict | undefined)[]
  done: number
}
