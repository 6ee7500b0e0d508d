import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import matter from 'gray-matter'
import { scriptOf, writingOf } from '#lib/writing.ts'
import { findMessages } from '#scripts/message-folder.ts'

/**
 * Puts the interface's words in the language of the story where `#messages/…` finds them: after an
 * installation, and before each build. In a language that has none they are English.
 */
const SITE = 'messages/site'

const language = readLanguage()
const { language: base } = new Intl.Locale(language)
const folder = basename(findMessages(language))
// Of a region's own are its dates and numbers; words in another script than its own stay what they are.
const isOwn = folder === language || (folder === base && scriptOf(folder) === scriptOf(language))
const spoken = isOwn ? language : folder
rmSync(SITE, { recursive: true, force: true })
cpSync(join('messages', folder), SITE, { recursive: true })
const site = { language, direction: writingOf(language).dir, spoken }
writeFileSync(join(SITE, 'site.json'), `${JSON.stringify(site)}\n`)

/** What is wrong with it, `npm run check` says. */
function readLanguage(): string {
  try {
    // A front matter that is marked as a program is not run.
    const engines = { javascript: () => ({}) }
    const { language } = matter(readFileSync('content/article.md', 'utf8'), { engines }).data
    return new Intl.Locale(String(language)).toString()
  } catch {
    return 'en'
  }
}
