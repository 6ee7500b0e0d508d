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
import type { LangAttributes } from '#lib/i18n/script.ts'

/** What the server puts into prerendered pages: the props of the component in each slot, by its name. */
export type Slots = {
  bans: ModerationPage<BanList>
  comments: CommentsPageProps
  log: ModerationPage<ModerationLog>
  queue: ModerationPage<DecisionQueue>
  review: ModerationPage<CommentReview>
  settings: ModerationPage<SettingsForm>
  /** Islands of the story, with what readers have done. */
  views: Partial<LangAttributes> & { initial: number }
  votes: { initial: Pick<Tally, 'up' | 'down'> & Partial<Tally> }
}

export type SlotName = keyof Slots

/** Renders a slot's component to HTML. */
export type RenderSlot = <Name extends SlotName>(name: Name, props: Slots[Name]) => string
