import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

/** A copy of what the command reads; what it writes is new for each test. */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadside-new-'))
  for (const name of ['lib', 'messages', 'public', 'scripts', 'package.json'])
    cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
})
beforeEach(() => {
  for (const name of ['content', 'messages/site']) {
    rmSync(join(folder, name), { recursive: true, force: true })
    cpSync(name, join(folder, name), { recursive: true })
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (args: string[], input = '', options: string[] = []) =>
  spawnSync(process.execPath, [...options, 'scripts/new.ts', ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
  })
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const OPTIONS = ['--title', 'A "title": it is', '--author', 'Ann Author']

test.each(['en', 'fr', 'de', 'es', 'ar', 'zh', 'pt-BR'])(
  'a new story in %s passes the check, which finds nothing but what is to be written',
  (language) => {
    const { status, stdout, stderr } = run([...OPTIONS, '--language', language])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('npm run dev')
    const found = stdout.match(/^content\/.+/gm)
    const unwritten = found!.filter(
      (line) => !line.includes('menus and buttons will be in English'),
    )
    expect(found!.length - unwritten.length).toBe(language === 'pt-BR' ? 1 : 0)
    expect(unwritten).toHaveLength(5)
    for (const line of unwritten) expect(line).toContain('is still the sample text')
    expect(read('content/article.md')).toContain(`date: ${new Date().toLocaleDateString('sv-SE')}`)
    expect(JSON.parse(read('messages/site/site.json'))).toMatchObject({
      language,
      spoken: language === 'pt-BR' ? 'en' : language,
    })
  },
)

test('what is left out is read from the standard input, and the old story is kept', () => {
  const before = read('content/article.md')
  const { status, stdout } = run(['--title', 'A title'], 'Ann Author\nde\n')
  expect(status).toBe(0)
  expect(stdout).toContain('The previous version is in content/article.md.old.')
  expect(read('content/article.md.old')).toBe(before)
  expect(read('content/author.md')).toContain('name: Ann Author')
})

test('a story that was changed is replaced only when that is asked for, and is kept', () => {
  writeFileSync(join(folder, 'content/author.md.old'), 'older')
  writeFileSync(join(folder, 'content/author.md'), 'mine')
  const options = [...OPTIONS, '--language', 'en']
  const refused = run(options)
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('you have changed content/author.md; add --force')
  expect(read('content/author.md')).toBe('mine')
  expect(existsSync(join(folder, 'content/article.md.old'))).toBe(false)

  expect(run([...options, '--force']).status).toBe(0)
  expect(read('content/author.md.old')).toBe('older')
  expect(read('content/author.md.old-2')).toBe('mine')
})

test.each([
  [['--language', 'no such language'], '', '"no such language" must be a language tag; write one'],
  [['--language', 'en', '--title', ' '], '', 'The answer to "Title" is empty.'],
  [['--titel', 'X'], '', '--titel'],
])('%j is refused, and nothing is changed', (args, input, message) => {
  const before = read('content/article.md')
  const { status, stderr } = run([...OPTIONS, ...args], input)
  expect(status).toBe(1)
  expect(stderr).toContain(message)
  expect(read('content/article.md')).toBe(before)
})

test('who is asked in a terminal is asked again after an answer that cannot be', () => {
  const terminal = ['--import', 'data:text/javascript,process.stdin.isTTY=true']
  const { status, stdout, stderr } = run(OPTIONS, '\nGerman, please\nde\n', terminal)
  expect(stderr).toBe(
    'The answer to "Language, such as en, fr or pt-BR" is empty.\n' +
      '"German, please" must be a language tag; write de.\n',
  )
  expect(status).toBe(0)
  expect(stdout.match(/Language, such as/g)).toHaveLength(3)
  expect(read('content/article.md')).toContain('language: de')
})

test('the words that an installation puts in place may be missing', () => {
  rmSync(join(folder, 'messages/site'), { recursive: true })
  expect(run(['--titel', 'X']).stderr).toMatch(/^Unknown option '--titel'/)
  rmSync(join(folder, 'messages/site'), { recursive: true })
  const { status, stderr } = run([...OPTIONS, '--language', 'de', '--force'])
  expect([status, stderr]).toEqual([0, ''])
})

test('an answer that is missing is named, and --help tells how to call it', () => {
  expect(run(['--title', 'X']).stderr).toContain('No answer to "Author".')
  expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('--force') })
})
