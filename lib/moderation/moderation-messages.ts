import { formatMoment } from '#lib/i18n/dates.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import type { DecisionResult, DecisionConflict } from '#lib/moderation/moderation.ts'
import words from '#messages/desk-sentences.json' with { type: 'json' }

/** Messages and their language: the site's on pages, English on the command line. */
export type MessageLanguage = { words: typeof words; language: string }
const SITE: MessageLanguage = { words, language: uiLanguage }

/** Says why a comment is held, by a result of `holdReason` in `lib/comments/screening.ts`. */
export function reasonSentence(reason: string | null, { words }: MessageLanguage = SITE): string {
  const reasons: Record<string, string> = words
  return (reason !== null && REASONS.has(reason) && reasons[reason]) || words.approval
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
  speech: MessageLanguage = SITE,
): string | undefined {
  const { words, language } = speech
  if (conflicts.length === 0) return done > 0 ? undefined : words.nothingToUndo
  const sentences = conflicts.map((conflict) => conflictSentence(conflict, speech))
  const count = done.toLocaleString(language)
  if (done > 0) sentences.push(fill(words.others, { count }))
  return fill(words[NOT_DONE[action]], { why: sentences.join(' ') })
}

function conflictSentence(
  conflict: DecisionConflict | undefined,
  { words, language }: MessageLanguage,
): string {
  if (!conflict) return words.gone
  const { name, status, gone, last } = conflict
  if (gone) return gone === 'erased' ? words.goneErased : words.goneByWriter
  if (!last) return fill(words.stands, { name, status: words[status] })
  const moment = formatMoment(last.at, language)
  const { moderator } = last
  return fill(words.standsBy, { name, status: words[status], moderator, moment })
}
