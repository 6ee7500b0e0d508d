import type { Generated } from 'kysely'
import type { Status } from '#lib/comments/comment.ts'
import type { AuditAction, BanKind } from '#lib/moderation/moderation.ts'

/** Describes the tables of both engines. Times are UTC milliseconds, days are days since 1970. */
export type Database = {
  /** One row for each reader and thing voted on: 1, -1, or 0 for a vote taken back. */
  votes: {
    reader: string
    /** Id of the comment voted on; empty for the story. */
    comment: string
    value: number
    previous: Generated<number>
    /** Time since which `changes` are counted. */
    since: number
    changes: number
  }
  /** Totals as the sums of all rows; see `totals.ts`. */
  tally: { shard: number; up: number; down: number; views: number; comments: number }
  comments: {
    /** UUIDv7, which sorts by time. */
    id: string
    /** Id of the comment that it replies to. */
    parent: string | null
    /** Id of the comment that its thread begins with, its own for that one. */
    root: string
    /** Concatenated ids below the root, down to its own (`positionBelow`); empty for the root. */
    path: string
    reader: string
    key: string
    name: string
    text: string
    created_at: number
    edited_at: Generated<number | null>
    /** Time of the last change that readers see. */
    changed_at: number
    /**
     * Everyone sees published comments, the writer also held and refused ones. A comment that its writer
     * has deleted has neither name nor text; one that a moderator has deleted can be restored.
     */
    status: Status
    /** 1 once it has been published: of others, strangers are told nothing, not even that they exist. */
    was_public: Generated<number>
    /** Time of the last decision on it. */
    decided_at: Generated<number | null>
    /** Why it is held: a result of `holdReason`, or `duplicate`. */
    reason: string | null
    /** Result of `fingerprint`, to find duplicates. */
    words: string | null
    /** 1 for comments of the story's author. */
    by_author: Generated<number>
    up: Generated<number>
    down: Generated<number>
    /** Result of `wilsonScore` for its votes. */
    score: Generated<number>
    /** Number of published comments in whose context it is; with any, at least a placeholder is shown. */
    replies: Generated<number>
    /** Hash of the writer's network under the key of bans (the /56 of IPv6); deleted after a day. */
    network: Generated<string | null>
  }
  /** One row for each comment and reader. */
  reports: {
    comment: string
    reader: string
    reason: string
    note: string
    created_at: number
    /** Time of the decision on it. */
    resolved_at: Generated<number | null>
  }
  /** Messages to the webhook that have not been delivered; without text of readers. */
  deliveries: {
    id: string
    kind: 'comment.held' | 'comment.reported'
    comment: string
    /** Why it needs a decision: a reason of the comment or of a report. */
    reason: string
    created_at: number
    attempts: Generated<number>
    /** Time of the next attempt; during an attempt, the time at which its claim expires. */
    due_at: number
  }
  /** SHA-256 of the ids of erased readers: their data in older copies is erased again. */
  erasures: { reader_hash: string; erased_at: number }
  /**
   * Actions counted for rate limits until they expire, by a limit's name and a subject; `before` is `used`
   * before the last statement. As kind `signedIn` the networks that moderators have signed in from.
   */
  quotas: { kind: string; subject: string; used: number; before: number; expires: number }
  /** Viewers counted on a day, as keyed hashes. */
  viewers: { day: number; viewer: string }
  /** Secrets that all processes share; `day` is 0 for those that are kept for good. */
  secrets: { name: string; day: number; value: string }
  /** Sessions of moderators. */
  sessions: { id: string; moderator: string; expires: number }
  /** The audit log: what moderators did. */
  acts: {
    /** UUIDv7 */
    id: string
    /** Id that all entries of one form share. */
    batch: string
    act: AuditAction
    moderator: string
    created_at: number
    comment: string | null
    /** Number of the decision on its comment, from 1. */
    turn: number | null
    before: Status | null
    after: Status | null
    /** `decided_at` of the comment before. */
    decided_before: number | null
    /** Details that depend on the action. */
    detail: string
    undone_at: number | null
  }
  /** Readers, by id, and networks, by a hash under the key of bans, that may not write for a time. */
  bans: {
    id: string
    kind: BanKind
    subject: string
    /** Id of the comment that it was made for. */
    comment: string
    moderator: string
    created_at: number
    expires: number
  }
  /** Settings that moderators have made. */
  desk: { name: 'comments' | 'words'; value: string }
}

export type Engine = 'sqlite' | 'postgres'
