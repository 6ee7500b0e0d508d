import { fill, plural, type Plural } from '#lib/i18n/messages.ts'

/** Numbers that between them need every plural form of the languages of `messages/`. */
export const EXAMPLE_NUMBERS = [0, 1, 2, 3, 11, 21, 100, 1_000_000]

/** Names of people: a common one, a long one, and one in a script that runs from right to left. */
export const EXAMPLE_NAMES = ['Ann', 'Maximiliane '.repeat(8).trim(), 'محمد (2)']

/** What may stand for a name in braces, but for people and `{count}`. Texts are what the reader would see. */
const EXAMPLE_VALUES: Record<string, string | number> = {
  again: '…',
  changes: '…',
  command: 'npm run moderate',
  comments: '…',
  correction: '…',
  date: '2026-02-26',
  downvotes: '…',
  file: '.env',
  from: 2,
  limit: 80,
  message: '…',
  moment: '2026-02-26 14:05',
  number: 1,
  page: '…',
  people: '…',
  reason: '…',
  reasons: '…',
  sentence: '…',
  site: 'Broadside',
  speed: '1.5',
  story: '…',
  theme: '…',
  title: '…',
  to: 4,
  upvotes: '…',
  value: 'up',
  variable: 'MODERATOR_PASSWORD',
  votes: '…',
  words: '…',
}

const PEOPLE = ['name', 'other', 'moderator', 'author']

/**
 * Renders a message with examples: a plural with each number, one that names people with each name.
 *
 * @param language of the message, a tag such as `pt-BR`
 */
export function renderExamples(message: string | Plural, language: string): string[] {
  const namesPeople = PEOPLE.some((name) => JSON.stringify(message).includes(`{${name}}`))
  return (namesPeople ? EXAMPLE_NAMES : ['']).flatMap((person) => {
    const people = Object.fromEntries(PEOPLE.map((name) => [name, person]))
    const values = { ...EXAMPLE_VALUES, ...people }
    return typeof message === 'string'
      ? [fill(message, { ...values, count: 12_000 }, language)]
      : EXAMPLE_NUMBERS.map((count) => plural(message, count, values, language))
  })
}
