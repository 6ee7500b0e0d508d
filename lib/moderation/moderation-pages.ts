import type {
  AuditEntry,
  Ban,
  CommentState,
  ModeratedComment,
  ModerationSettings,
  ModerationQueue,
} from '#lib/moderation/moderation.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'

/** Holds what a page for moderators shows; it has data only for a moderator who is signed in. */
export type ModerationPage<Data> = { rejected?: RejectedForm | undefined } & (
  { state: 'off' | 'unavailable' | 'signed-out' } | { state: 'open'; moderator: string; data: Data }
)

/** Holds a page of the queue, the id that it begins after, and the moderator's last decisions. */
export type DecisionQueue = ModerationQueue & { after: string | undefined; last: AuditEntry[] }
/** Holds one comment; undefined when there is no such comment. */
export type CommentReview = ModeratedComment | undefined
/** Holds a page of the audit log; `isPart` when it does not begin with the newest entry. */
export type ModerationLog = { entries: AuditEntry[]; next: string | null; isPart: boolean }
export type BanList = Ban[]
export type SettingsForm = ModerationSettings & {
  /** Whether readers may write by the article's front matter. */
  articleState: Exclude<CommentState, 'article'>
  /** The form that has just been saved. */
  saved: string | undefined
}
