import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import YAML from 'yaml'
import '#scripts/messages.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { findMessages } from '#lib/i18n/message-folder.ts'
import { checkLanguageTag } from '#lib/i18n/language-tags.ts'
import { inLine, print, printError } from '#lib/terminal.ts'

const USAGE = `npm run new -- [options]: starts a new story, replacing the one in content/

  --title TITLE        the headline
  --author NAME        the author of the story
  --language TAG       such as en or pt-BR
  --force              replaces a story that you have changed

You are asked for anything you leave out; without a terminal it is read from standard input, one line
each, in this order. The old files are kept as article.md.old and author.md.old (then .old-2 and so on).`

const ARTICLE = 'content/article.md'
const AUTHOR = 'content/author.md'
/** Of the files as Broadside brings them (SHA-256): who has not changed them need not be asked. */
const SHIPPED: Record<string, string> = {
  [ARTICLE]: '413443b333d08bcb2971913ef3e68524e1ad6ec8aa81ab0176631b5ebf90f904',
  [AUTHOR]: 'ea44aa49e1407d7f429622b9b3f963e5ecba739c5e227016ee56fa141e4b08fd',
}

type Skeleton = Record<
  'description' | 'category' | 'opening' | 'heading' | 'text' | 'biography',
  string
>

await runCommand(USAGE, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      title: { type: 'string' },
      author: { type: 'string' },
      language: { type: 'string' },
      force: { type: 'boolean', default: false },
    },
  })
  await using answers = openAnswers()
  const { ask } = answers
  const title = await ask('Title', values.title)
  const author = await ask('Author', values.author)
  const language = await ask('Language, such as en, fr or pt-BR', values.language, languageOf)
  const changed = [ARTICLE, AUTHOR].filter(isChanged)
  if (changed.length > 0 && !values.force) {
    const question = `You have changed ${changed.join(' and ')}. Start a new story and keep the old version as .old? (yes/no)`
    if (!process.stdin.isTTY)
      throw new Error(
        `you have changed ${changed.join(' and ')}; add --force to start a new story, which keeps the old version as .old`,
      )
    if (!/^y(es)?$/i.test(await ask(question))) throw new Error('Nothing was changed.')
  }
  const kept = [ARTICLE, AUTHOR].flatMap(keepAside)
  writeStory(title, author, language)
  // It puts the interface's words in the new language in place, too.
  execFileSync(process.execPath, ['scripts/check.ts'], { stdio: 'inherit' })
  for (const file of kept) print(`The previous version is in ${inLine(file)}.`)
  print(`Write your story in ${ARTICLE} and your biography in ${AUTHOR}, then run "npm run dev".`)
})

/** Asks in the terminal; where there is none, each line of the standard input is an answer. */
function openAnswers() {
  const lines = createInterface({ input: process.stdin })
  const next = lines[Symbol.asyncIterator]()
  const ask = async (
    question: string,
    given?: string,
    read = (answer: string) => answer,
  ): Promise<string> => {
    const isAsked = given === undefined && process.stdin.isTTY
    if (isAsked) process.stdout.write(`${question}: `)
    const answer = given ?? (await next.next()).value
    if (answer === undefined) throw new UsageError(`No answer to "${question}".`)
    try {
      if (answer.trim() === '') throw new UsageError(`The answer to "${question}" is empty.`)
      return read(answer.trim())
    } catch (error) {
      if (!isAsked) throw error
      printError((error as Error).message)
      return ask(question, given, read)
    }
  }
  return { ask, [Symbol.asyncDispose]: async () => lines.close() }
}

function languageOf(tag: string): string {
  const { canonical, problem } = checkLanguageTag(tag)
  if (!canonical) throw new UsageError(`${JSON.stringify(tag)} ${problem}.`)
  return canonical
}

function isChanged(file: string): boolean {
  if (!existsSync(file)) return false
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  return createHash('sha256').update(text).digest('hex') !== SHIPPED[file]
}

function keepAside(file: string): string[] {
  if (!existsSync(file)) return []
  let aside = `${file}.old`
  for (let number = 2; existsSync(aside); number++) aside = `${file}.old-${number}`
  renameSync(file, aside)
  return [aside]
}

function writeStory(title: string, author: string, language: string): void {
  const skeleton = JSON.parse(
    readFileSync(`${findMessages(language)}/new-story.json`, 'utf8'),
  ) as Skeleton
  const { description, category, opening, heading, text, biography } = skeleton
  const fields = {
    title,
    description,
    date: new Date().toLocaleDateString('sv-SE'),
    categories: [category],
    author,
    language,
    inspiredBy: [],
    sources: [],
  }
  write(ARTICLE, fields, `${opening}\n\n## ${heading}\n\n${text}`)
  write(AUTHOR, { name: author }, biography)
}

function write(file: string, fields: object, body: string): void {
  writeFileSync(file, `---\n${YAML.stringify(fields, { lineWidth: 0 })}---\n\n${body}\n`)
}
