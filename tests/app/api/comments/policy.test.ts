// Tests lib/api/comment-policy.ts, lib/api/admission.ts, lib/api/limit-error.ts, lib/api/challenge.ts, app/api/challenge/
import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GET, POST } from '#app/api/comments/route.ts'
import { expectError, get, postJson, storePerTest } from '#tests/support/handlers.ts'

storePerTest()
const home = process.cwd()
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-'))
  await cp('content', join(folder, 'content'), { recursive: true })
  process.chdir(folder)
})
afterEach(async () => {
  process.chdir(home)
  await rm(folder, { recursive: true })
})

const PATH = '/api/comments'
const publish = async (field: string) => {
  const text = await readFile('content/article.md', 'utf8')
  await writeFile('content/article.md', text.replace('---\n', `---\n${field}\n`))
}
const comment = (text = 'Hello') => POST(postJson(PATH, { name: 'Ann', text, key: randomUUID() }))

test('a story whose comments are closed takes none, and shows those there are', async () => {
  await comment()
  await publish('comments: closed')
  await expectError(await comment(), 403, 'comments_closed')
  expect(await (await GET(get(PATH))).json()).toMatchObject({ total: 1 })
})

test('a story whose comments are held lets each wait for approval', async () => {
  await publish('comments: held')
  expect(await (await comment()).json()).toMatchObject({ status: 'held' })
})

test('a comment with a word on the publisher’s list waits, however it is written', async () => {
  await publish('heldWords: [casino, cheap pills]')
  for (const [text, isHeld] of [
    ['Win at our CASINO!', true],
    ['Win at our cásino', true],
    ['Win at our cas\u200bino', true],
    ['Cheap — pills', true],
    ['The casinos of Monaco', false],
  ] as const)
    expect(await (await comment(text)).json(), text).toMatchObject({
      status: isHeld ? 'held' : 'published',
    })
})
