// Tests lib/terminal.ts, and what all commands of package.json print
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '#lib/store/index.ts'

/** What a terminal would obey: colours, a bell, a screen cleared in one character, letters turned round. */
const HOSTILE = '\u001b[31m\u0007\u009b2J\u202e\u2066\u200f\r\u0085x'
const OBEYED = /(?!\n)[\p{Cc}\p{Bidi_Control}]/u

/** A copy of what commands read and write, in a folder with a hostile name. */
let root: string
let folder: string
let url: string
const ids: string[] = []
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'broadside-terminal-'))
  folder = join(root, `site${HOSTILE}`)
  mkdirSync(folder)
  for (const name of [
    'components',
    'content',
    'lib',
    'messages',
    'public',
    'scripts',
    'package.json',
  ])
    cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  url = `file:${join(root, 'broadside.db')}`
  const store = await openStore(url)
  for (const [reader, reason] of [
    ['ann', `links${HOSTILE}`],
    ['ben', undefined],
  ] as const) {
    const words = { name: `Ann${HOSTILE}\nforged`, text: `Hello${HOSTILE}`, holdReason: reason }
    const comment = {
      reader,
      networks: ['net'],
      banNetworks: ['home'],
      key: randomUUID(),
      ...words,
    }
    ids.push(((await store.addComment(comment)) as { comment: { id: string } }).comment.id)
  }
  await store.addReport({
    comment: ids[1]!,
    reader: 'kay',
    reason: 'abuse',
    note: `Note${HOSTILE}`,
  })
  await store.close()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const run = (script: string, args: string[], env: Record<string, string> = {}, input = '') => {
  const started = promisify(execFile)(process.execPath, [`scripts/${script}.ts`, ...args], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: url, NODE_COMPILE_CACHE: join(root, 'compiled'), ...env },
  })
  started.child.stdin!.end(input)
  return started.catch((error: { stdout: string; stderr: string }) => error)
}

const file = (name: string, text: string) => {
  const path = join(root, `${HOSTILE}${name}`)
  writeFileSync(path, text)
  return path
}
const story = (fields: string) => () =>
  writeFileSync(
    join(folder, 'content/article.md'),
    `---\n${fields}\n---\n\nText${HOSTILE} [a](b${HOSTILE})\n`,
  )

type Case = {
  args?: () => string[]
  env?: Record<string, string>
  before?: () => void
  input?: string
}
const given = (...args: string[]): Case => ({ args: () => args })

const COMMANDS: Record<string, Case[]> = {
  messages: [{ before: story(`title: "${HOSTILE}"\nlanguage: "en${HOSTILE}"`) }, {}],
  check: [
    { before: story(`title: ${HOSTILE}\n${HOSTILE}: 1\nlanguage: "${HOSTILE.slice(1)}"`) },
    { before: story(`title: "a\\e[31m\\x9B"\ndate: "\\u202E"\n"k\\e": [\nx`) },
    { before: story(`title: "a\\e[31m\\x9B"\ndate: "\\u202E"\n"k\\e": 1\nimage: "/\\x9b.jpg"`) },
    given(HOSTILE),
    given(`--${HOSTILE}`),
  ],
  build: [
    given(`--${HOSTILE}`),
    { before: story('title: "a\\e[31m\\x9B"\ndate: "\\u202E"\n"k\\e": 1') },
  ],
  size: [{}],
  picture: [{ env: { HOST: HOSTILE, PORT: HOSTILE } }],
  new: [
    given('--title', HOSTILE, '--author', HOSTILE, '--language', HOSTILE),
    given('--title', `T${HOSTILE}`, '--author', `A${HOSTILE}`, '--language', 'en', '--force'),
    { input: `${HOSTILE}\n${HOSTILE}\n${HOSTILE}\n` },
    given(`--${HOSTILE}`),
  ],
  moderate: [
    given('list'),
    given('approve', HOSTILE),
    given('ban', HOSTILE, 'network', HOSTILE),
    given('words', 'add', `casino${HOSTILE}`),
    given('words'),
    given(HOSTILE),
    { args: () => ['refuse', ids[0]!, '--as', `Mia${HOSTILE}`] },
    { args: () => ['ban', ids[1]!, 'reader', '1 week', '--as', `Mia${HOSTILE}\nforged`] },
    given('bans'),
    given('log'),
    given('undo'),
  ],
  export: [
    {},
    { args: () => [join(root, `${HOSTILE}out.jsonl`)] },
    given(join(tmpdir(), `no${HOSTILE}`, 'out')),
    { args: () => [folder] },
  ],
  import: [
    given(`/none${HOSTILE}`),
    { args: () => [file('a.jsonl', `{"format":"${'\u009b\u202e'}"}`)] },
    { args: () => [file('b.jsonl', `{"format":"broadside","version":"\\u001b\u009b"}`)] },
    { args: () => [join(root, `${HOSTILE}out.jsonl`)] },
    { args: () => [file('c.xml', `<?xml version="1.0"?><rss><channel><a${'\u009b'}>`)] },
    {
      args: () => [
        file('d.xml', `<disqus><thread dsq:id="${'\u202e'}"/></disqus>`),
        '--thread',
        HOSTILE,
      ],
    },
  ],
  backup: [
    { args: () => [join(root, `${HOSTILE}copy.db`)] },
    { args: () => [join(root, `${HOSTILE}copy.db`)] },
  ],
  restore: [
    { args: () => [file('e.db', HOSTILE)] },
    { args: () => [join(root, `${HOSTILE}copy.db`)] },
  ],
  erase: [given(HOSTILE), { args: () => [ids[0]!] }],
  doctor: [
    {},
    given(HOSTILE),
    {
      env: {
        PORT: HOSTILE,
        SITE_URL: `https://a${HOSTILE}`,
        TRUSTED_PROXIES: HOSTILE,
        [`SITE_URLL${HOSTILE}`]: 'x',
      },
    },
    { env: { DATABASE_URL: `file:/none${HOSTILE}/x.db` } },
    { env: { DATABASE_URL: `postgres://u:p@127.0.0.1:1/x${HOSTILE}` } },
  ],
  'store-copy': [
    given('--from', `file:/none${HOSTILE}`, '--to', `postgres://127.0.0.1:1/${HOSTILE}`),
    { args: () => ['--from', url, '--to', `file:${join(root, `${HOSTILE}to.db`)}`] },
  ],
}

/** What prints only through other programs, and the server, whose errors go through `printError`. */
const OTHERS = ['dev', 'test']

test('every script that package.json names is walked', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>
  }
  const named = Object.values(scripts).flatMap((command) =>
    [...command.matchAll(/scripts\/([\w-]+)\.ts/g)].map(([, name]) => name!),
  )
  expect(new Set([...Object.keys(COMMANDS), ...OTHERS])).toEqual(new Set(named))
})

describe('no command lets a text command the terminal', () => {
  test.each(Object.entries(COMMANDS))(
    '%s',
    async (script, cases) => {
      for (const { args = () => [], env, before, input } of cases) {
        before?.()
        const { stdout, stderr } = await run(script, args(), env, input)
        const printed = `${stdout}${stderr}`
        expect([
          script,
          args(),
          printed.match(OBEYED)?.[0],
          printed.match(/^forged.*/m)?.[0],
        ]).toEqual([script, args(), undefined, undefined])
      }
    },
    300_000,
  )
})
