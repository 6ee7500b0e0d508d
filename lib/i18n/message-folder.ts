import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Returns the folder of messages in a language: its own, that of the language without region, or English. */
export function findMessages(language: string): string {
  const { language: base } = new Intl.Locale(language)
  const name =
    [language, base].find((tag) => existsSync(join(/*turbopackIgnore: true*/ 'messages', tag))) ??
    'en'
  return join('messages', name)
}
