import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/** A copy of what the command reads and writes, with a program in Next's place that waits for its end. */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadside-dev-'))
  for (const name of ['content', 'lib', 'messages', 'public', 'scripts', 'package.json'])
    cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'next'), '#!/bin/sh\necho "next $*"\nexec sleep 60\n')
  chmodSync(join(folder, 'next'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const STORY = readFileSync('content/article.md', 'utf8')
const save = (story: string) => writeFileSync(join(folder, 'content/article.md'), story)
const read = (name: string) =>
  JSON.parse(readFileSync(join(folder, 'messages/site', name), 'utf8')) as Record<string, string>

test('it starts with a story that is wrong, and follows its language and masthead as they change', async () => {
  save(STORY.replace('title: ', 'title: *'))
  const dev = spawn(process.execPath, ['scripts/dev.ts'], {
    cwd: folder,
    env: { ...process.env, HOST: '127.0.0.1', PATH: `${folder}:${process.env.PATH}` },
  })
  const said: string[] = []
  for (const stream of [dev.stdout, dev.stderr])
    stream.on('data', (data: Buffer) => said.push(data.toString()))
  const patience = { timeout: 30_000 }
  await vi.waitFor(() => expect(said.join('')).toMatch(/next dev .*-H 127\.0\.0\.1/), patience)
  expect(said.join('')).toContain('content/article.md:2: "title": the value begins with *')

  save(STORY.replace('language: en', 'language: fr\nmasthead: Le Port'))
  await vi.waitFor(() => {
    expect(read('site.json').spoken).toBe('fr')
    expect(read('masthead.json').name).toBe('Le Port')
  }, patience)

  const ended = once(dev, 'exit')
  dev.kill()
  await ended
}, 90_000)
