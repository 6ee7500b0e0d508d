import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import matter from 'gray-matter'
import { scriptOf, langAttributes } from '#lib/i18n/script.ts'
import { findMessages } from '#scripts/message-folder.ts'

/**
 * Copies the messages of the interface in the story's language (English where there are none) to
 * `#messages/…`, with the name of the site: after an installation, and before each build.
 */
const SITE = 'messages/site'

const fields = readFields()
const language = languageOf(fields.language)
const { language: base } = new Intl.Locale(language)
const folder = basename(findMessages(language))
// A region has its own dates and numbers; messages in another script keep the language of their folder.
const isOwn = folder === language || (folder === base && scriptOf(folder) === scriptOf(language))
const uiLanguage = isOwn ? language : folder
rmSync(SITE, { recursive: true, force: true })
cpSync(join('messages', folder), SITE, { recursive: true })
write('site.json', { language, direction: langAttributes(language).dir, spoken: uiLanguage })
// In a file of its own, because browsers load site.json but do not need the name.
write('masthead.json', { name: String(fields.masthead ?? '').trim() || 'Broadside' })

function write(file: string, content: object): void {
  writeFileSync(join(SITE, file), `${JSON.stringify(content)}\n`)
}

/** Reads the front matter of the story without checking it; `npm run check` does that. */
function readFields(): { language?: unknown; masthead?: unknown } {
  try {
    // gray-matter would run a front matter marked as JavaScript.
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
