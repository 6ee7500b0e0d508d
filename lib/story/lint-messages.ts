import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plural } from '#lib/i18n/messages.ts'

/** The messages of one file, by key. */
export type Messages = Record<string, string | Plural>

/** The folder of messages in each language; `site` is a copy that commands make. */
const FOLDER = 'messages'

/** Lists the languages that have messages, as tags such as `pt-BR`. */
export function messageLanguages(): string[] {
  return readdirSync(FOLDER).filter((name) => name !== 'site')
}

/** Lists the files of messages, such as `votes.json`. */
export function messageFiles(): string[] {
  return readdirSync(join(FOLDER, 'en'))
}

/** Reads a file of messages; empty where a language has none of that name. */
export function readMessages(language: string, file: string): Messages {
  const path = join(FOLDER, language, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

/**
 * Lists what the messages of a language lack or have too much, compared to the English ones: keys, plural
 * forms, names in braces.
 */
export function lintMessages(language: string): string[] {
  return messageFiles().flatMap((file) => {
    const english = readMessages('en', file)
    const messages = readMessages(language, file)
    const unknown = Object.keys(messages).filter((key) => !Object.hasOwn(english, key))
    return [
      ...Object.entries(english).flatMap(([key, original]) =>
        messageProblems(original, messages[key], language).map((problem) => `"${key}" ${problem}`),
      ),
      ...unknown.map((key) => `"${key}" is not used; remove it`),
    ].map((problem) => `${FOLDER}/${language}/${file}: ${problem}`)
  })
}

function messageProblems(
  original: string | Plural,
  message: string | Plural | undefined,
  language: string,
): string[] {
  if (message === undefined) return ['is missing, so it is shown in English']
  if (typeof message !== typeof original)
    return [`must be ${typeof original === 'string' ? 'one text' : 'a text for each plural form'}`]
  const expected = namesIn(typeof original === 'string' ? original : original.other)
  if (typeof message === 'string') return placeholderProblems(expected, message)
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  return [
    ...forms.filter((form) => !message[form]).map((form) => `has no plural form "${form}"`),
    ...Object.entries(message).flatMap(([form, text]) =>
      placeholderProblems(expected, text, isForOneNumber(form, language) ? NUMBERS : []).map(
        (problem) => `${problem}, in "${form}"`,
      ),
    ),
  ]
}

/** Names in braces that a form may leave out that is for one number alone: “once”. */
const NUMBERS = ['{count}', '{from}', '{to}']

function isForOneNumber(form: string, language: string): boolean {
  const rules = new Intl.PluralRules(language)
  return (
    Array.from({ length: 200 }, (_, count) => rules.select(count)).filter(
      (selected) => selected === form,
    ).length === 1
  )
}

function placeholderProblems(expected: string[], text: string, optional: string[] = []): string[] {
  const found = namesIn(text)
  return [
    ...expected
      .filter((name) => !found.includes(name) && !optional.includes(name))
      .map((name) => `lacks ${name}`),
    ...found.filter((name) => !expected.includes(name)).map((name) => `has an unknown ${name}`),
  ]
}

/** Lists the names in braces of a text, each once. */
function namesIn(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))]
}
