import { formatMoment } from '#lib/i18n/dates.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import type { DecisionResult, DecisionConflict } from '#lib/moderation/moderation.ts'
import messages from '#messages/desk-sentences.json' with { type: 'json' }

/** Messages and their language: the site's on pages, English on the command line. */
export type MessageLanguage = { messages: typeof messages; language: string }
const SITE: MessageLanguage = { messages, language: uiLanguage }

/** Says why a comment is held, by a result of `holdReason` in `lib/comments/screening.ts`. */
export function reasonSentence(
  reason: string | null,
  { messages }: MessageLanguage = SITE,
): string {
  const reasons: Record<string, string> = messages
  return (reason !== null && REASONS.has(reason) && reasons[reason]) || messages.approval
}

const REASONS = new Set(['all', 'duplicate', 'imported', 'links', 'trap', 'unproven', 'word'])

const NOT_DONE = {
  approve: 'notApprove',
  refuse: 'notRefuse',
  delete: 'notDelete',
  restore: 'notRestore',
  undo: 'notUndo',
} as const

/** Tells a moderator why an action was not applied to all comments; undefined if it was. */
export function problemSentence(
  { action, conflicts, done }: DecisionResult,
  inLanguage: MessageLanguage = SITE,
): string | undefined {
  const { messages, language } = inLanguage
  if (conflicts.length === 0) return done > 0 ? undefined : messages.nothingToUndo
  const sentences = conflicts.map((conflict) => conflictSentence(conflict, inLanguage))
  const count = done.toLocaleString(language)
  if (done > 0) sentences.push(fill(messages.others, { count }))
  return fill(messages[NOT_DONE[action]], { why: sentences.join(' ') })
}

function conflictSentence(
  conflict: DecisionConflict | undefined,
  { messages, language }: MessageLanguage,
): string {
  if (!conflict) return messages.gone
  const { name, status, gone, last } = conflict
  if (gone) return gone === 'erased' ? messages.goneErased : messages.goneByWriter
  if (!last) return fill(messages.stands, { name, status: messages[status] })
  const moment = formatMoment(last.at, language)
  const { moderator } = last
  return fill(messages.standsBy, { name, status: messages[status], moderator, moment })
}
