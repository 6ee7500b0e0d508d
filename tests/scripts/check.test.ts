// Tests scripts/check.ts, lib/story/lint.ts, lib/story/lint-pictures.ts, scripts/messages.ts, lib/i18n/message-folder.ts
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** A copy of what the command reads and writes. */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadside-check-'))
  for (const name of ['content', 'lib', 'messages', 'public', 'scripts', 'package.json'])
    cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const STORY = readFileSync('content/article.md', 'utf8')
const check = (story: string, ...args: string[]) => {
  writeFileSync(join(folder, 'content/article.md'), story)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check.ts', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const NOTHING = 'No problems found in content/.\n'

test('a story may be written on any system, however long it is', () => {
  const paragraph = 'The boats lie still in the harbour, and nobody is on them.\n\n'
  const long = `${STORY}\n${paragraph.repeat(300_000 / paragraph.length)}`
  const windows = `\uFEFF${long.replaceAll('\n', '\r\n')}`
  expect(check(windows, '--strict')).toEqual({ status: 0, stdout: NOTHING, stderr: '' })
})

test('the words that an installation puts in place may be missing', () => {
  rmSync(join(folder, 'messages/site'), { recursive: true })
  expect(check(STORY)).toEqual({ status: 0, stdout: NOTHING, stderr: '' })
})

test('the name of the site is put in place, and is Broadside without one', () => {
  const name = () =>
    JSON.parse(readFileSync(join(folder, 'messages/site/masthead.json'), 'utf8')).name
  check(STORY.replace('---\n', '---\nmasthead: " The Harbour Post"\n'))
  expect(name()).toBe('The Harbour Post')
  check(STORY)
  expect(name()).toBe('Broadside')
})

test('the interface follows the language, wherever the fields can be read', () => {
  const spoken = () =>
    JSON.parse(readFileSync(join(folder, 'messages/site/site.json'), 'utf8')).spoken
  check(`\uFEFF\n${STORY.replace('language: en', 'language: fr')}`.replaceAll('\n', '\r'))
  expect(spoken()).toBe('fr')
  check(STORY.replace('language: en', 'language: German'))
  expect(spoken()).toBe('en')
})

test('a message that is not translated is told, and is there in English', () => {
  const path = join(folder, 'messages/fr/votes.json')
  const french = readFileSync(path, 'utf8')
  writeFileSync(path, french.replace('"upvote"', '"up"'))
  const { stdout } = check(STORY.replace('language: en', 'language: fr'))
  writeFileSync(path, french)
  expect(stdout.split('\n').filter((line) => line.startsWith('messages/'))).toEqual([
    'messages/fr/votes.json: "upvote" is missing, so it is shown in English',
    'messages/fr/votes.json: "up" is not used; remove it',
  ])
  const put = JSON.parse(readFileSync(join(folder, 'messages/site/votes.json'), 'utf8'))
  expect([put.upvote, put.downvote]).toEqual(['Upvote', 'Voter contre'])
})

test('advice is told with its line, and fails only where that is asked for', () => {
  const advised = `\uFEFF${STORY}\nSee [there](#gone).\n`.replaceAll('\n', '\r\n')
  const line = STORY.split('\n').length + 1
  const told = new RegExp(`^content/article\\.md:${line}: the link to #gone leads nowhere; use`)
  expect(check(advised)).toEqual({ status: 0, stdout: expect.stringMatching(told), stderr: '' })
  expect(check(advised, '--strict').status).toBe(1)
})

test.each([
  [
    'fields that are no YAML',
    '---\ntitle: "A\n---\n\nText\n',
    ':2: "title": the value begins with a quotation mark; put the value in quotes: ',
  ],
  [
    'a front matter in a program',
    '---js\nprocess.exit()\n---\n\nText\n',
    ': "---js" does not begin the front matter; write --- and nothing else',
  ],
  ['an option that is none', STORY, "Unknown option '--strikt'", '--strikt'],
])('%s: refused in a sentence', (_, story, sentence, ...args) => {
  const { status, stdout, stderr } = check(story, ...args)
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(sentence)
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('a script of which no font is installed is told, with what to install', () => {
  const hebrew = STORY.replace(/^title: .*/m, 'title: העיר מוכרת את המזח האחרון')
  const { status, stdout } = check(hebrew)
  expect(status).toBe(0)
  expect(stdout).toMatch(
    /^content\/article\.md:2: the picture for shared links shows the site’s name in place of the title, because no installed font has [^;]*; npm install @fontsource-variable\/noto-serif-hebrew$/m,
  )
})
