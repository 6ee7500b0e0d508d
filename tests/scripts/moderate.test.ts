import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '#lib/store/index.ts'
import { type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

let place: TestDatabase
let store: Store
beforeEach(async () => {
  place = await makeSqlite()
  store = await openStore(place.url)
})
afterEach(async () => {
  await store.close()
  await place.remove()
})
const moderate = async (...args: string[]) =>
  promisify(execFile)(process.execPath, ['scripts/moderate.ts', ...args], {
    env: { ...process.env, DATABASE_URL: place.url },
  }).catch((error: { stdout: string; stderr: string; code: number }) => error)
const write = async (text: string, holdReason?: string) => {
  const [reader, networks, key] = ['ann', ['net'], randomUUID()]
  const words = { name: 'Ann', text, holdReason, banNetworks: ['home'] }
  const added = await store.addComment({ reader, networks, key, ...words })
  return (added as { comment: { id: string } }).comment.id
}
const hold = (text: string) => write(text, 'links')
const escape = '\u001b[2J'

test('what waits is listed with why, and cannot command the terminal', async () => {
  expect((await moderate()).stdout).toBe('Nothing to review.\n')
  const id = await hold(`Hello\n${escape}gone`)
  expect((await moderate('list')).stdout).toMatch(
    new RegExp(
      `^${id}  20\\S+Z  links\n  It has too many links.*\n  Ann\n  \\| Hello\n  \\| \ufffd\\[2Jgone\n$`,
    ),
  )
})

test('it is the same from any folder', async () => {
  await hold('Hello')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [resolve('scripts/moderate.ts'), 'list'],
    { cwd: tmpdir(), env: { ...process.env, DATABASE_URL: place.url } },
  )
  expect(stdout).toContain('It has too many links')
})

test('reports are listed with their words, which cannot command the terminal either', async () => {
  const id = await write('Hello')
  const note = `It${escape} shouts\u202e`
  await store.addReport({ comment: id, reader: 'ben', reason: 'abuse', note })
  const { stdout } = await moderate()
  expect(stdout).toContain('  reported as abuse: 1\n    It\ufffd[2J shouts\ufffd\n')
})

test('a queue of more than a page is listed whole', async () => {
  for (let i = 0; i < 25; i++) await hold(`no ${i}`)
  expect((await moderate()).stdout.match(/\| no/g)).toHaveLength(25)
})

test('an approved comment is there for all, a refused one for its writer alone', async () => {
  const ids = [await hold('good'), await hold('bad')]
  expect((await moderate('approve', ids[0]!.toUpperCase())).stdout).toContain('is approved')
  expect((await moderate('refuse', ids[1]!)).stdout).toContain('is rejected')
  const page = (await store.readComments({}, 'ben'))!
  expect(page.comments.map(({ text }) => text)).toEqual(['good'])
  expect(page.total).toBe(1)
})

test('a deleted comment can be restored, and what was done last can be undone', async () => {
  const id = await write('Hello')
  await moderate('delete', id)
  expect(await store.readComments()).toMatchObject({ total: 0 })
  await moderate('restore', id)
  expect(await store.readComments()).toMatchObject({ total: 1 })
  expect((await moderate('undo')).stdout).toBe(`Undone: restore ${id}, by command line.\n`)
  expect(await store.readComments()).toMatchObject({ total: 0 })
})

test('what one call decided one call undoes', async () => {
  const ids = [await hold('one'), await hold('two')]
  await moderate('approve', ...ids)
  expect(await store.readComments()).toMatchObject({ total: 2 })
  await moderate('undo')
  expect(await store.readComments()).toMatchObject({ total: 0 })
})

test('an act that comes too late is told how the comment stands', async () => {
  const id = await hold('Hello')
  await moderate('refuse', id, '--as', `Mia${escape}`)
  expect(await moderate('refuse', id)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('by Ann has been rejected. Last changed by Mia\ufffd[2J'),
  })
})

test('a reader and a network are banned, listed and let in again', async () => {
  const id = await write('Hello')
  expect((await moderate('bans')).stdout).toBe('Nobody is banned.\n')
  expect((await moderate('ban', id, 'reader', '1', 'week')).stdout).toMatch(/banned until 20/)
  await moderate('ban', id, 'network', '1 hour')
  expect(await store.setVote({ reader: 'ann', vote: 'up' })).toMatchObject({ limit: 'banned' })
  const { stdout } = await moderate('bans')
  expect(stdout).toContain(`for ${id} by Ann; banned by command line`)
  for (const [ban] of stdout.matchAll(/^[\da-f]{8}-\S+/gm))
    expect((await moderate('unban', ban)).stdout).toBe('Ban lifted.\n')
  expect(await store.setVote({ reader: 'ann', vote: 'up' })).toMatchObject({ up: 1 })
})

test('words and the state of the comments are set and told', async () => {
  expect((await moderate('words', 'add', 'casino', 'cheap pills')).stdout).toBe(
    'casino\ncheap pills\n',
  )
  expect((await moderate('words', 'remove', 'casino')).stdout).toBe('cheap pills\n')
  expect((await moderate('comments')).stdout).toBe('article\n')
  expect((await moderate('comments', 'closed')).stdout).toBe('closed\n')
  expect(await store.readModerationSettings()).toEqual({
    comments: 'closed',
    heldWords: ['cheap pills'],
  })
})

test('the log names who did what', async () => {
  const id = await hold('Hello')
  await moderate('approve', id, '--as', 'Mia')
  await moderate('undo')
  const [undo, approve] = (await moderate('log')).stdout.split('\n')
  expect(approve).toMatch(new RegExp(`^20\\S+Z  Mia  approve  ${id}  undone  [\\da-f-]{36}$`))
  expect(undo).toMatch(new RegExp(`command line  undo  approve  ${id}`))
})

test('the ways to call it are told', async () => {
  expect(await moderate('--help')).toMatchObject({
    stdout: expect.stringContaining('npm run moderate -- ban'),
  })
})

const nobody = '019c0000-0000-7000-8000-000000000000'
test.each([
  [['approve'], 'Give the IDs of the comments to approve.\n\nnpm run moderate'],
  [['dance'], 'dance: unknown command.'],
  [['toString'], 'toString: unknown command.'],
  [['--dance'], 'Unknown option'],
  [['approve', 'nobody'], 'nobody: Not approved. The comment no longer exists.'],
  [['ban', nobody, 'reader', 'for', 'ever'], 'Give the duration: '],
  [['ban', nobody, 'everyone', '1 day'], 'Give what to ban: '],
  [['ban', nobody, 'reader', '1 day'], 'this comment no longer exists'],
  [['unban', nobody], 'this ban has ended or never existed'],
  [['words', 'add'], 'Give the words to add.'],
  [['words', 'remove', 'none'], 'none: not in the list'],
  [['comments', 'shut'], 'shut: comments can be '],
  [['undo'], 'There is nothing to undo.'],
])('%j is refused with the remedy', async (args, message) => {
  expect(await moderate(...args)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(message),
  })
})

test.each([[[]], [['approve', nobody]], [['words', 'add', 'casino']], [['comments', 'closed']]])(
  'without a store, %j refuses and makes none',
  async (args) => {
    const folder = dirname(place.url.slice('file:'.length))
    const there = readdirSync(folder)
    const env = { ...process.env, DATABASE_URL: `file:${folder}/none/none.db` }
    await expect(
      promisify(execFile)(process.execPath, ['scripts/moderate.ts', ...args], { env }),
    ).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^DATABASE_URL: there is no database.*; check it, or/),
    })
    expect(readdirSync(folder)).toEqual(there)
  },
)
