import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import matter from 'gray-matter'

/**
 * Puts the interface's words in the language of the story where `#messages/…` finds them: after an
 * installation, and before each build. In a language that has none they are English.
 */
const SITE = 'messages/site'

const language = readLanguage()
const { language: base } = new Intl.Locale(language)
const spoken = [language, base].find((folder) => existsSync(join('messages', folder))) ?? 'en'
// Node's types do not know it yet: https://tc39.es/proposal-intl-locale-info/
const locale = new Intl.Locale(language) as Intl.Locale & {
  getTextInfo(): { direction: 'ltr' | 'rtl' }
}
rmSync(SITE, { recursive: true, force: true })
cpSync(join('messages', spoken), SITE, { recursive: true })
const site = { language, direction: locale.getTextInfo().direction, spoken }
writeFileSync(join(SITE, 'site.json'), `${JSON.stringify(site)}\n`)

/** What is wrong with it, `npm run check` says. */
function readLanguage(): string {
  try {
    const { language } = matter(readFileSync('content/article.md', 'utf8')).data
    return new Intl.Locale(String(language)).toString()
  } catch {
    return 'en'
  }
}
