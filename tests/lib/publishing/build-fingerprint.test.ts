import { cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { computeFingerprint, describeChange } from '#lib/publishing/build-fingerprint.ts'

let root: string
const write = async (path: string, text = 'text') => {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'broadside-sources-'))
  for (const path of [
    'content/article.md',
    'public/picture.jpg',
    'messages/en/story.json',
    'app/page.tsx',
    'lib/server/shells.ts',
    'server.ts',
    'package-lock.json',
  ])
    await write(path)
})
afterEach(() => rm(root, { recursive: true }))

test.each([
  ['content/article.md', 'The story has changed'],
  ['public/picture.jpg', 'A file in public/ has changed'],
  ['messages/en/story.json', 'The messages have changed'],
  ['app/page.tsx', 'The code has changed'],
  ['lib/server/shells.ts', 'The code has changed'],
  ['server.ts', 'The code has changed'],
  ['package-lock.json', 'The packages have changed'],
])('a change of %s is told, and so is its loss', async (path, told) => {
  const before = computeFingerprint(root)
  await write(path, 'Text')
  const after = computeFingerprint(root)
  expect(describeChange(before, after)).toBe(told)
  await rm(join(root, path))
  expect(describeChange(before, computeFingerprint(root))).toBe(told)
  expect(describeChange(after, computeFingerprint(root))).toBe(told)
})

test('all that has changed is told in one sentence, another Node among it', async () => {
  const before = { ...computeFingerprint(root), Node: 'v20.0.0 linux x64' }
  await write('content/other.md')
  await write('lib/other.ts')
  expect(describeChange(before, computeFingerprint(root))).toBe(
    'The story, the code, and Node have changed',
  )
})

test('a name that moves from one file to the next is a change', async () => {
  await write('lib/a.ts', 'one')
  await write('lib/b.ts', 'two')
  const before = computeFingerprint(root)
  await write('lib/a.ts', 'two')
  await write('lib/b.ts', 'one')
  expect(describeChange(before, computeFingerprint(root))).toBe('The code has changed')
})

test('a copy is the same, whatever its times, and so are files that no build reads', async () => {
  const before = computeFingerprint(root)
  const copy = `${root}-copy`
  await cp(root, copy, { recursive: true })
  await utimes(join(copy, 'content/article.md'), 1, 1)
  expect(describeChange(before, computeFingerprint(copy))).toBeUndefined()
  await rm(copy, { recursive: true })
  for (const path of [
    'content/.article.md.swp',
    'content/article.md~',
    'messages/site/site.json',
    'tests/app/page.test.tsx',
    'docs/hosting.md',
    '.env',
    'data/broadside.db',
  ])
    await write(path)
  expect(describeChange(before, computeFingerprint(root))).toBeUndefined()
})
