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
  if (isBlank(name)) return 'Please write your name.'
  return (
    lengthProblem(name, NAME_LIMIT, NAME_UNITS, 'The name') ?? characterProblem(name, 'The name')
  )
}

/** What is wrong with a comment's text, as a sentence for the reader; nothing when it will do. */
export function textProblem(text: string): string | undefined {
  if (isBlank(text)) return 'Please write a comment.'
  return (
    lengthProblem(text, TEXT_LIMIT, TEXT_UNITS, 'The comment') ??
    characterProblem(text, 'The comment')
  )
}

function lengthProblem(
  text: string,
  limit: number,
  units: number,
  what: string,
): string | undefined {
  // Never more characters than units: counting them is slow.
  const count = text.length > limit ? countCharacters(text) : 0
  if (count > limit)
    return `${what} has ${count.toLocaleString('en')} characters; the most is ${limit.toLocaleString('en')}.`
  if (text.length > units) return `${what} has more accents and marks than can be kept.`
}

/** Neither SQLite's nor PostgreSQL's text gives these back as they came. */
function characterProblem(text: string, what: string): string | undefined {
  if (text.includes('\0') || !text.isWellFormed())
    return `${what} holds a character that cannot be kept. Please remove it.`
}

/** White space and characters that show nothing at all. */
function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]*$/u.test(text)
}
