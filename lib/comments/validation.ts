import { cleanText } from '#lib/comments/clean-text.ts'
import { fill } from '#lib/i18n/messages.ts'
import messages from '#messages/comment-rules.json' with { type: 'json' }

/** Most characters of a name and of a text, as a person counts them (grapheme clusters). */
export const NAME_LIMIT = 80
export const TEXT_LIMIT = 5_000
/** Most UTF-16 units that the store takes: one character may carry thousands of marks. */
const NAME_UNITS = 4_096
const TEXT_UNITS = 65_536

const segmenter = new Intl.Segmenter()

/** Counts grapheme clusters: a family emoji or a letter with its accents is one. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

/** Lists what is wrong with the fields `name` and `text` of a form, by field; absent fields are valid. */
export function commentProblems(entries: FormData): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const [field, rule] of [
    ['name', nameProblem],
    ['text', (text: string) => textProblem(cleanText(text))],
  ] as const) {
    const value = entries.get(field)
    const problem = typeof value === 'string' && rule(value)
    if (problem) problems[field] = problem
  }
  return problems
}

/** Returns what is wrong with a name, as a sentence for the reader; undefined for a valid name. */
export function nameProblem(name: string): string | undefined {
  if (isBlank(name)) return messages.noName
  const count = countOver(name, NAME_LIMIT)
  if (count) return fill(messages.longName, { count, limit: NAME_LIMIT })
  if (name.length > NAME_UNITS) return messages.markedName
  if (isUnstorable(name)) return messages.oddName
}

/** Returns what is wrong with a comment's text, as a sentence for the reader; undefined if valid. */
export function textProblem(text: string): string | undefined {
  if (isBlank(text)) return messages.noComment
  const count = countOver(text, TEXT_LIMIT)
  if (count) return fill(messages.longComment, { count, limit: TEXT_LIMIT })
  if (text.length > TEXT_UNITS) return messages.markedComment
  if (isUnstorable(text)) return messages.oddComment
}

/** Counts the characters when they are more than the limit. */
function countOver(text: string, limit: number): number | undefined {
  // There are never more characters than units, and counting characters is slow.
  const count = text.length > limit ? countCharacters(text) : 0
  return count > limit ? count : undefined
}

/** Finds what neither SQLite nor PostgreSQL returns as it was stored: NUL and half a surrogate pair. */
function isUnstorable(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed()
}

/** Tells whether a text has nothing but white space and invisible characters. */
function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]*$/u.test(text)
}
