import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '#lib/store/index.ts'
import { type Place, sqlitePlace } from '#tests/stores.ts'

let place: Place
let store: Store
beforeEach(async () => {
  place = await sqlitePlace()
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
const hold = async (text: string) => {
  const [reader, network, key] = ['ann', 'net', randomUUID()]
  const added = await store.addComment({ reader, network, key, name: 'Ann', text, held: 'links' })
  return (added as { comment: { id: string } }).comment.id
}

test('what waits is listed with why, and cannot command the terminal', async () => {
  expect((await moderate()).stdout).toBe('No comment waits for approval.\n')
  const id = await hold('Hello\n\u001b[2Jgone')
  expect((await moderate('list')).stdout).toMatch(
    new RegExp(`^${id}  20\\S+Z  links\n  Ann\n  \\| Hello\n  \\| \ufffd\\[2Jgone\n$`),
  )
})

test('an approved comment is there for all, a refused one for nobody', async () => {
  const ids = [await hold('good'), await hold('bad')]
  expect((await moderate('approve', ids[0]!.toUpperCase())).stdout).toContain('is published')
  expect((await moderate('refuse', ids[1]!)).stdout).toContain('is refused')
  const page = (await store.readComments({}, 'ben'))!
  expect(page.comments.map(({ text }) => text)).toEqual(['good'])
  expect(page.total).toBe(1)
})

test.each([
  [['approve'], 'npm run moderate'],
  [['dance'], 'npm run moderate'],
  [['approve', 'nobody'], 'nobody: there is no such comment'],
])('%j is refused with the remedy', async (args, message) => {
  expect(await moderate(...args)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(message),
  })
})
