import type { Generated } from 'kysely'
import type { Status } from '#lib/comments/comment.ts'
import type { AuditAction, BanKind } from '#lib/moderation/moderation.ts'

/** The tables, as both engines have them. Times are UTC milliseconds, days are days since 1970. */
export type Database = {
  /** One row a reader who has voted: 1, -1, or 0 for a vote taken back. */
  votes: {
    reader: string
    /** What is voted on; empty for the story. */
    comment: string
    value: number
    previous: Generated<number>
    /** Since when, in milliseconds, how many changes are counted. */
    since: number
    changes: number
  }
  /** The totals are the sums of all rows; see `tally.ts`. */
  tally: { shard: number; up: number; down: number; views: number; comments: number }
  comments: {
    /** UUIDv7: its order is that of time. */
    id: string
    /** The comment that it answers. */
    parent: string | null
    /** The comment that its thread begins with: itself, when it answers none. */
    root: string
    /** The ids below the root that lead to it as it is drawn (`positionBelow`); empty for a root. */
    path: string
    reader: string
    key: string
    name: string
    text: string
    created_at: number
    edited_at: Generated<number | null>
    /** When anything last changed that readers see. */
    changed_at: number
    /**
     * Everyone sees what is published, its writer also what is held or refused. What its writer has
     * deleted is without name and text; what the publisher has can come back.
     */
    status: Status
    /** When the publisher last decided on it. */
    decided_at: Generated<number | null>
    /** Why it is held, a word for the publisher. */
    reason: string | null
    /** A hash of what is said, to know it again. */
    words: string | null
    /** 1 for the author's own. */
    by_author: Generated<number>
    up: Generated<number>
    down: Generated<number>
    /** `wilsonScore` of the votes. */
    score: Generated<number>
    /** Published comments whose context it is: with any, its place is shown whatever becomes of it. */
    replies: Generated<number>
    /** The writer's network, as a hash under the key of bans, for a day. */
    network: Generated<string | null>
  }
  /** One row a reader and comment. */
  reports: {
    comment: string
    reader: string
    reason: string
    note: string
    created_at: number
    /** When the publisher decided. */
    resolved_at: Generated<number | null>
  }
  /** What the webhook is to be told of, until it is: no reader's words. */
  deliveries: {
    id: string
    kind: 'comment.held' | 'comment.reported'
    comment: string
    /** Why it waits, a word for the publisher. */
    reason: string
    created_at: number
    attempts: Generated<number>
    /** When it may be tried next; while it is tried, when another process may. */
    due_at: number
  }
  /** Readers whose own was erased, as SHA-256 of their ids: a copy from before is erased again. */
  erasures: { reader_hash: string; erased_at: number }
  /** Acts counted against a limit until they expire; `before` tells what the last statement found. */
  quotas: { kind: string; subject: string; used: number; before: number; expires: number }
  /** Who has been counted on a day, as a keyed hash. */
  viewers: { day: number; viewer: string }
  /** Made once and shared by all processes; `day` is 0 for those that stay. */
  secrets: { name: string; day: number; value: string }
  /** Moderators who are signed in. */
  sessions: { id: string; moderator: string; expires: number }
  /** What moderators did. */
  acts: {
    /** UUIDv7 */
    id: string
    /** The same for all that one form did. */
    batch: string
    act: AuditAction
    moderator: string
    created_at: number
    comment: string | null
    /** Which of the decisions on its comment it is, from 1. */
    turn: number | null
    before: Status | null
    after: Status | null
    /** The comment's `decided_at` before. */
    decided_before: number | null
    /** What it was besides, in a few words of the moderator's. */
    detail: string
    undone_at: number | null
  }
  /** Who may not write for a time: a reader's id, or a network's hash under a key of its own. */
  bans: {
    id: string
    kind: BanKind
    subject: string
    /** The comment for which it was made. */
    comment: string
    moderator: string
    created_at: number
    expires: number
  }
  /** What the publisher has set at the desk. */
  desk: { name: 'comments' | 'words'; value: string }
}

export type Engine = 'sqlite' | 'postgres'
