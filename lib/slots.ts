import type { CommentsPageProps } from '#lib/comments/comments-page.ts'
import type {
  BanList,
  CommentReview,
  DecisionQueue,
  ModerationLog,
  ModerationPage,
  SettingsForm,
} from '#lib/moderation/moderation-pages.ts'
import type { Tally } from '#lib/votes.ts'

/** The slots of prerendered pages that the server fills: by name, the props of the component in each. */
export type Slots = {
  bans: ModerationPage<BanList>
  comments: CommentsPageProps
  log: ModerationPage<ModerationLog>
  queue: ModerationPage<DecisionQueue>
  review: ModerationPage<CommentReview>
  settings: ModerationPage<SettingsForm>
  /** The islands of the story that show what readers and moderators have done. */
  'story-comments': { language: string; closed: boolean }
  views: { initial: number }
  votes: { initial: Pick<Tally, 'up' | 'down'> & Partial<Tally> }
}

/** The name of a slot. */
export type SlotName = keyof Slots

/** Renders the component of a slot to HTML. */
export type RenderSlot = <Name extends SlotName>(name: Name, props: Slots[Name]) => string
