import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import matter from 'gray-matter'
import { scriptOf, langAttributes } from '#lib/i18n/script.ts'
import { findMessages } from '#scripts/message-folder.ts'

/**
 * Puts the interface's words in the language of the story where `#messages/…` finds them, with the name
 * of the site: after an installation, and before each build. In a language that has none they are English.
 */
const SITE = 'messages/site'

const fields = readFields()
const language = languageOf(fields.language)
const { language: base } = new Intl.Locale(language)
const folder = basename(findMessages(language))
// Of a region's own are its dates and numbers; words in another script than its own stay what they are.
const isOwn = folder === language || (folder === base && scriptOf(folder) === scriptOf(language))
const spoken = isOwn ? language : folder
rmSync(SITE, { recursive: true, force: true })
cpSync(join('messages', folder), SITE, { recursive: true })
write('site.json', { language, direction: langAttributes(language).dir, spoken })
// Apart: the browser needs what is in the other, and not the name.
write('masthead.json', { name: String(fields.masthead ?? '').trim() || 'Broadside' })

function write(file: string, content: object): void {
  writeFileSync(join(SITE, file), `${JSON.stringify(content)}\n`)
}

/** What is wrong with them, `npm run check` says. */
function readFields(): { language?: unknown; masthead?: unknown } {
  try {
    // A front matter that is marked as a program is not run.
    const engines = { javascript: () => ({}) }
    return matter(readFileSync('content/article.md', 'utf8'), { engines }).data
  } catch {
    return {}
  }
}

function languageOf(tag: unknown): string {
  try {
    return new Intl.Locale(String(tag)).toString()
  } catch {
    return 'en'
  }
}
