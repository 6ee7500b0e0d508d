import { fill } from '#lib/i18n/messages.ts'
import words from '#messages/comment-rules.json' with { type: 'json' }

/** Characters as a person counts them (grapheme clusters). */
export const NAME_LIMIT = 80
export const TEXT_LIMIT = 5_000
/** One character may carry thousands of marks: these many UTF-16 units are what the store takes. */
const NAME_UNITS = 4_096
const TEXT_UNITS = 65_536

const segmenter = new Intl.Segmenter()

/** Grapheme clusters: a family emoji or a letter with its accents is one. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

/** What is wrong with a form's `name` and `text`, as far as it has them, by field. */
export function commentProblems(entries: FormData): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const [field, rule] of [
    ['name', nameProblem],
    ['text', textProblem],
  ] as const) {
    const value = entries.get(field)
    const problem = typeof value === 'string' && rule(value)
    if (problem) problems[field] = problem
  }
  return problems
}

/** What is wrong with a name, as a sentence for the reader; nothing when it will do. */
export function nameProblem(name: string): string | undefined {
  if (isBlank(name)) return words.noName
  const count = countOver(name, NAME_LIMIT)
  if (count) return fill(words.longName, { count, limit: NAME_LIMIT })
  if (name.length > NAME_UNITS) return words.markedName
  if (isOdd(name)) return words.oddName
}

/** What is wrong with a comment's text, as a sentence for the reader; nothing when it will do. */
export function textProblem(text: string): string | undefined {
  if (isBlank(text)) return words.noComment
  const count = countOver(text, TEXT_LIMIT)
  if (count) return fill(words.longComment, { count, limit: TEXT_LIMIT })
  if (text.length > TEXT_UNITS) return words.markedComment
  if (isOdd(text)) return words.oddComment
}

/** How many characters there are when they are more than the limit. */
function countOver(text: string, limit: number): number | undefined {
  // Never more characters than units: counting them is slow.
  const count = text.length > limit ? countCharacters(text) : 0
  return count > limit ? count : undefined
}

/** Neither SQLite's nor PostgreSQL's text gives these back as they came. */
function isOdd(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed()
}

/** White space and characters that show nothing at all. */
function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]*$/u.test(text)
}
