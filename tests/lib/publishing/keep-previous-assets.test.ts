import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPreviousAssets } from '#lib/publishing/previous-assets.ts'
import { keepPreviousAssets } from '#lib/publishing/keep-previous-assets.ts'

const DAY = 24 * 60 * 60 * 1_000
let root: string
let folder: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'broadside-'))
  folder = join(root, 'static')
})
afterEach(() => rm(root, { recursive: true }))

let count = 0
/** Makes a build with these assets after the last one. */
async function build(now: number, files: Record<string, string>): Promise<string[]> {
  const last = folder
  folder = join(root, String(count++), 'static')
  await mkdir(join(folder, 'chunks'), { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  await keepPreviousAssets(last, folder, now)
  const all = await readdir(folder, { recursive: true })
  return all.filter((name) => name.includes('.')).sort()
}

test('what a page of an earlier build loads stays for a week after the build that replaced it', async () => {
  expect(await build(0, { 'chunks/a.js': 'a', 'chunks/both.js': 'x' })).toHaveLength(2)
  // However long it was the last one.
  const second = await build(30 * DAY, { 'chunks/b.js': 'b', 'chunks/both.js': 'x' })
  expect(second).toEqual(['chunks/a.js', 'chunks/b.js', 'chunks/both.js'])
  expect(await readFile(join(folder, 'chunks/a.js'), 'utf8')).toBe('a')
  expect(readPreviousAssets(folder)).toEqual({ 'chunks/a.js': 30 * DAY })
  const third = await build(36 * DAY, { 'chunks/c.js': 'c' })
  expect(third).toEqual(['chunks/a.js', 'chunks/b.js', 'chunks/both.js', 'chunks/c.js'])
  const fourth = await build(38 * DAY, { 'chunks/c.js': 'c' })
  expect(fourth).toEqual(['chunks/b.js', 'chunks/both.js', 'chunks/c.js'])
})

test('a file that comes back is the last build’s own', async () => {
  await build(0, { 'a.js': 'a' })
  await build(DAY, { 'b.js': 'b' })
  await build(2 * DAY, { 'a.js': 'a' })
  expect(readPreviousAssets(folder)).toEqual({ 'b.js': 2 * DAY })
})
