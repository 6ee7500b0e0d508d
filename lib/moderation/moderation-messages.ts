import { formatMoment } from '#lib/i18n/dates.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import type { DecisionResult, DecisionConflict } from '#lib/moderation/moderation.ts'
import words from '#messages/desk-sentences.json' with { type: 'json' }

/** The desk speaks the site's language, and the command line English. */
export type Speech = { words: typeof words; language: string }
const SITE: Speech = { words, language: uiLanguage }

/** Why a comment waits (`lib/comments/screening.ts`). */
export function reasonSentence(reason: string | null, { words }: Speech = SITE): string {
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

/** What a moderator is told of an act that was not done to all; nothing where it was. */
export function problemSentence(
  { action: act, conflicts: missed, done }: DecisionResult,
  speech: Speech = SITE,
): string | undefined {
  const { words, language } = speech
  if (missed.length === 0) return done > 0 ? undefined : words.nothingToUndo
  const sentences = missed.map((standing) => standingSentence(standing, speech))
  const count = done.toLocaleString(language)
  if (done > 0) sentences.push(fill(words.others, { count }))
  return fill(words[NOT_DONE[act]], { why: sentences.join(' ') })
}

function standingSentence(
  standing: DecisionConflict | undefined,
  { words, language }: Speech,
): string {
  if (!standing) return words.gone
  const { name, status, gone, last } = standing
  if (gone) return gone === 'erased' ? words.goneErased : words.goneByWriter
  if (!last) return fill(words.stands, { name, status: words[status] })
  const moment = formatMoment(last.at, language)
  const { moderator } = last
  return fill(words.standsBy, { name, status: words[status], moderator, moment })
}
