import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { checkLanguageTag } from '#lib/i18n/language-tags.ts'
import { scriptOf, langAttributes } from '#lib/i18n/script.ts'
import { findMessages } from '#lib/i18n/message-folder.ts'
import { messageFiles, readMessages } from '#lib/story/lint-messages.ts'
import { parseFields } from '#lib/story/parse-fields.ts'
import { splitFrontMatter } from '#lib/story/split-front-matter.ts'
import { printUncaughtErrors } from '#lib/terminal.ts'

printUncaughtErrors()

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
const files = new Map<string, string>()
// English stands in for what is not translated yet; `npm run check` lists it.
for (const file of messageFiles())
  add(file, { ...readMessages('en', file), ...readMessages(folder, file) })
add('site.json', { language, direction: langAttributes(language).dir, spoken: uiLanguage })
// In a file of its own, because browsers load site.json but do not need the name.
add('masthead.json', { name: String(fields.masthead ?? '').trim() || 'Broadside' })

mkdirSync(SITE, { recursive: true })
for (const file of readdirSync(SITE)) if (!files.has(file)) rmSync(join(SITE, file))
for (const [file, text] of files) if (!isWritten(file, text)) replaceFile(file, text)

function add(file: string, content: object): void {
  files.set(file, `${JSON.stringify(content)}\n`)
}

function isWritten(file: string, text: string): boolean {
  const path = join(SITE, file)
  return existsSync(path) && readFileSync(path, 'utf8') === text
}

/** Writes a file in one step: commands that run meanwhile read it. */
function replaceFile(file: string, text: string): void {
  const path = join(SITE, file)
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

/** Reads the front matter of the story without checking it; `npm run check` does that. */
function readFields(): { language?: unknown; masthead?: unknown } {
  try {
    const split = splitFrontMatter(readFileSync('content/article.md', 'utf8'))
    return 'problem' in split ? {} : parseFields(split.fields, split.fieldsLine).data
  } catch {
    return {}
  }
}

function languageOf(tag: unknown): string {
  return checkLanguageTag(String(tag)).canonical ?? 'en'
}
