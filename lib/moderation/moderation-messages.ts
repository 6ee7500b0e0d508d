import { formatMoment } from '#lib/i18n/dates.ts'
import { fill, plural, uiLanguage } from '#lib/i18n/messages.ts'
import type { DecisionResult, DecisionConflict } from '#lib/moderation/moderation.ts'
import dateMessages from '#messages/dates.json' with { type: 'json' }
import messages from '#messages/desk-sentences.json' with { type: 'json' }

/** Messages and their language: the site's on pages, English on the command line. */
export type MessageLanguage = { messages: typeof messages; language: string; moment: string }
const SITE: MessageLanguage = { messages, language: uiLanguage, moment: dateMessages.moment }

/** Says why a comment is held, by a result of `holdReason` in `lib/comments/screening.ts`. */
export function reasonSentence(
  reason: string | null,
  { messages }: MessageLanguage = SITE,
): string {
  return messages[REASONS.find((known) => known === reason) ?? 'approval']
}

const REASONS = ['all', 'duplicate', 'imported', 'links', 'trap', 'unproven', 'word'] as const

const NOT_DONE = {
  approve: 'notApprove',
  refuse: 'notRefuse',
  delete: 'notDelete',
  restore: 'notRestore',
  undo: 'notUndo',
} as const

/**
 * Tells a moderator why an action was not applied to all comments.
 *
 * @returns sentences, each for a line of its own; undefined if it was applied to all
 */
export function problemSentences(
  { action, conflicts, done }: DecisionResult,
  inLanguage: MessageLanguage = SITE,
): string[] | undefined {
  const { messages, language } = inLanguage
  if (conflicts.length === 0) return done > 0 ? undefined : [messages.nothingToUndo]
  return [
    messages[NOT_DONE[action]],
    ...conflicts.map((conflict) => conflictSentence(conflict, inLanguage)),
    ...(done > 0 ? [plural(messages.others, done, {}, language)] : []),
  ]
}

const STANDS = {
  published: 'isPublished',
  held: 'isHeld',
  refused: 'isRefused',
  deleted: 'isDeleted',
} as const

function conflictSentence(
  conflict: DecisionConflict | undefined,
  { messages, language, moment }: MessageLanguage,
): string {
  if (!conflict) return messages.gone
  const { name, status, gone, last } = conflict
  if (gone) return gone === 'erased' ? messages.goneErased : messages.goneByWriter
  const sentence = fill(messages[STANDS[status]], { name })
  if (!last) return sentence
  const { moderator, at } = last
  return fill(messages.lastBy, { sentence, moderator, moment: formatMoment(at, language, moment) })
}
