import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the words in a language: its own, that of the language without its region, or English. */
export function findMessages(language: string): string {
  const { language: base } = new Intl.Locale(language)
  const name = [language, base].find((tag) => existsSync(join('messages', tag))) ?? 'en'
  return join('messages', name)
}
