import type {
  AuditEntry,
  Ban,
  CommentState,
  ModeratedComment,
  ModerationSettings,
  ModerationQueue,
} from '#lib/moderation/moderation.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'

/** What a page for moderators shows: something only to one who is signed in. */
export type ModerationPage<Data> = { refused?: RejectedForm | undefined } & (
  { state: 'off' | 'unavailable' | 'signed-out' } | { state: 'open'; moderator: string; data: Data }
)

/** A page of the queue, the id that it begins after, and what the moderator decided last. */
export type DecisionQueue = ModerationQueue & { after: string | undefined; last: AuditEntry[] }
/** Nothing where there is no such comment. */
export type CommentReview = ModeratedComment | undefined
/** Lines of the log; a part of it where they do not begin with the newest. */
export type ModerationLog = { entries: AuditEntry[]; next: string | null; isPart: boolean }
export type BanList = Ban[]
export type SettingsForm = ModerationSettings & {
  /** Whether readers may write, as the article says. */
  articleState: Exclude<CommentState, 'article'>
  /** Which of the forms has just been saved. */
  saved: string | undefined
}
