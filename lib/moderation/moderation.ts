import type { Comment, Status } from '#lib/comments/comment.ts'
import { DAY } from '#lib/time.ts'

/** Decisions that a moderator may make on a comment, each with the status that it then has. */
export const DECISIONS = {
  approve: 'published',
  refuse: 'refused',
  delete: 'deleted',
  restore: 'published',
} as const satisfies Record<string, Status>
export type Decision = keyof typeof DECISIONS

/** Durations that a ban may have, in milliseconds. */
export const BAN_TIMES = {
  '1 hour': DAY / 24,
  '1 day': DAY,
  '1 week': 7 * DAY,
  '30 days': 30 * DAY,
} as const
export type BanTime = keyof typeof BAN_TIMES
export const BAN_KINDS = ['reader', 'network'] as const
export type BanKind = (typeof BAN_KINDS)[number]

/** States of all comments on the story; `article` leaves it to the front matter. */
export const COMMENT_STATES = ['article', 'open', 'held', 'closed'] as const
export type CommentState = (typeof COMMENT_STATES)[number]

/** Holds what moderators have set in addition to the article's front matter. */
export type ModerationSettings = { comments: CommentState; heldWords: string[] }

/** Actions that the audit log records. */
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

/** Holds one line of the audit log: who did what, when. */
export type AuditEntry = {
  id: string
  /** Id that all entries of one form share. */
  batch: string
  action: AuditAction
  moderator: string
  /** UTC milliseconds. */
  at: number
  /** The id and the writer's name of the comment that it is about. */
  comment: string | null
  name: string
  /** The comment's status after the decision. */
  after: Status | null
  detail: string
  undone: boolean
  /** Whether it is a decision on a comment that nothing was done to since. */
  undoable: boolean
}

/** Holds an excerpt of a comment that is listed beside another. */
export type CommentSummary = { id: string; createdAt: number; status: Status; text: string }

/** Holds what a moderator may see of a comment. */
export type ModeratedComment = {
  /** The comment as its writer sees it. */
  comment: Comment
  /** Whether its writer had all their data erased. */
  erased: boolean
  /** Differs after every decision and every edit. */
  version: string
  /** Why it is held, or was: a result of `holdReason`. */
  reason: string | null
  /** Open reports, by reason. */
  reports: { reason: string; count: number; notes: string[] }[]
  /** UTC milliseconds until which its writer and the network it came from are banned. */
  banned: { reader: number | null; network: number | null }
  /** Whether the network it came from is still known. */
  hasNetwork: boolean
  /** The newest other comments of the same reader. */
  others: CommentSummary[]
  /** Number of all other comments of the same reader. */
  othersTotal: number
}

/** Holds one page of the comments that need a decision, the oldest first. */
export type ModerationQueue = {
  comments: ModeratedComment[]
  /** Number of all comments that need a decision. */
  pending: number
  /** The id after which the next page begins; null on the last one. */
  next: string | null
}

/** Holds what a moderator may see of a ban: neither the reader's id nor the network's hash. */
export type Ban = {
  id: string
  kind: BanKind
  /** The id and the writer's name of the comment that it was made for. */
  comment: string
  name: string
  moderator: string
  createdAt: number
  expires: number
}

/** Tells the state of a comment that a decision was not applied to, because it had changed. */
export type DecisionConflict = {
  id: string
  name: string
  status: Status
  /** Why its text is gone: its writer deleted it, or had all their data erased. */
  gone: 'deleted' | 'erased' | null
  /** The last decision on it. */
  last: Pick<AuditEntry, 'action' | 'moderator' | 'at'> | null
}

/**
 * Tells the result of an action on several comments: the state of each that it was not applied to
 * (undefined for one that is gone), and the number of those that it was applied to.
 */
export type DecisionResult = {
  action: Decision | 'undo'
  conflicts: (DecisionConflict | undefined)[]
  done: number
}
