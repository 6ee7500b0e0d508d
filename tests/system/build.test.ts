// Tests scripts/build.ts, lib/publishing/builds.ts, lib/publishing/build-lock.ts, lib/publishing/publish.ts
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeScripts, type Copy, copyProject } from '#tests/support/next-build.ts'
import { type Site, startSite } from '#tests/support/start-site.ts'
import { makeSqlite, type TestDatabase } from '#tests/support/stores.ts'

let copy: Copy
let place: TestDatabase
beforeAll(async () => {
  copy = await copyProject()
  place = await makeSqlite()
  // Now this copy is what was built.
  expect((await ended(copy.build())).status).toBe(0)
})
afterAll(async () => {
  await copy.remove()
  await place.remove()
})

async function ended(build: ChildProcess): Promise<{ status: number; printed: string }> {
  const [printed, errors, [status]] = await Promise.all([
    text(build.stdout!),
    text(build.stderr!),
    once(build, 'exit') as Promise<[number]>,
  ])
  return { status, printed: printed + errors }
}

/** Names the build that is served, and what is served of it. */
async function served(): Promise<Record<string, string>> {
  const files = await readdir(join(copy.folder, '.next/current'), {
    recursive: true,
    withFileTypes: true,
  })
  const contents = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .map((path) => [path, readFileSync(path, 'base64')] as const)
  return {
    ...Object.fromEntries(contents),
    current: await readlink(join(copy.folder, '.next/current')),
  }
}

/** Reads the story and every script that it names. */
async function readStory({ origin }: Site): Promise<string[]> {
  const story = await (await fetch(origin)).text()
  const [, sources] = story.match(/data-src="([^"]+)"/)!
  await expectAssets(origin, sources!.split(' '))
  return sources!.split(' ')
}
async function expectAssets(origin: string, paths: string[]): Promise<void> {
  for (const path of paths) expect([path, (await fetch(origin + path)).status]).toEqual([path, 200])
}

const start = () =>
  startSite(place.url, {}, [process.execPath, '.next/server-bundle/server.mjs'], copy.folder)

test('a build that is killed at any moment changes nothing of what is served, and leaves nothing', async () => {
  const before = await served()
  const site = await start()
  const assets = await readStory(site)
  const temporary = join(copy.folder, '.next/temporary')
  await mkdir(temporary)
  await changeScripts(copy.folder, 'stood')

  let kills = 0
  // Each lives longer, until one comes to its end.
  for (let life = 300; ; life = life * 1.6 + 200) {
    const build = copy.build([], { TMPDIR: temporary })
    const end = ended(build)
    const first = await Promise.race([end, sleep(life)])
    if (first) {
      expect(first).toMatchObject({ status: 0 })
      break
    }
    process.kill(-build.pid!, 'SIGKILL')
    const { status } = await end
    // It may have ended just then.
    if (status === 0) break
    kills++
    expect(await served()).toEqual(before)
    expect(await readdir(temporary)).toEqual([])
    expect(await readStory(site)).toEqual(assets)
    // At most the last complete one, its predecessor and the one that was interrupted.
    const builds = await readdir(join(copy.folder, '.next/builds'))
    expect(builds.length).toBeLessThanOrEqual(3)
  }
  expect(kills).toBeGreaterThan(2)

  expect(await readdir(temporary)).toEqual([])
  expect(await readdir(join(copy.folder, '.next/builds'))).toHaveLength(2)
  const after = await served()
  expect(after.current).not.toBe(before.current)
  // The one that runs goes on with what it has, and so does the next with what the pages of this one need.
  await rm(join(copy.folder, '.next/temporary'), { recursive: true })
  expect(await readStory(site)).toEqual(assets)
  expect((await fetch(`${site.origin}/card.png`)).status).toBe(200)
  await site.stop()
  const next = await start()
  expect(await readStory(next)).not.toEqual(assets)
  await expectAssets(next.origin, assets)
  await next.stop()
})

test('of two builds at once the second waits, and builds only what is left to build', async () => {
  await changeScripts(copy.folder, 'sat')
  appendFileSync(join(copy.folder, 'content/article.md'), '\nOne more word.\n')
  const builds = [copy.build(['--if-changed']), copy.build(['--if-changed'])]
  const results = await Promise.all(builds.map(ended))
  expect(results.map(({ status }) => status)).toEqual([0, 0])
  const [waited, built] = results
    .map(({ printed }) => printed)
    .sort((a, b) => Number(b.includes('waiting')) - Number(a.includes('waiting')))
  expect(built).toMatch(/^The story and the code have changed: building\.$/m)
  expect(waited).toBe(
    'Another build is running; waiting for it to end.\nNothing has changed since the last build.\n',
  )
})

test('a build that fails says so, and leaves what is served', async () => {
  const before = await served()
  const story = join(copy.folder, 'content/article.md')
  const good = await readFile(story, 'utf8')
  appendFileSync(story, '\n![A picture](/there-is-none.jpg)\n')
  const { status, printed } = await ended(copy.build(['--if-changed']))
  expect(status).toBe(1)
  expect(printed).toContain('The story has changed: building.\n')
  expect(printed).toMatch(
    /there-is-none[^]*The build failed\. The previous one, if any, is unchanged\.\n$/,
  )
  expect(await served()).toEqual(before)

  // A server that starts now serves the story that was built, with its comments.
  await writeFile(story, '---\ntitle: He said: no\n---\n')
  const site = await start()
  const page = await (await fetch(`${site.origin}/comments`)).text()
  expect(page).toContain('US Diplomats Urged to Counter Global Data Localization Efforts')
  await site.stop()
  await writeFile(story, good)
})

/** Runs `npm start` in a terminal until it has printed a line that begins so. */
async function startAtTerminal(env: Record<string, string> = {}): Promise<string[]> {
  const terminal = spawn('script', ['-qec', 'npm start', '/dev/null'], {
    cwd: copy.folder,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', DATABASE_URL: place.url, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const part of terminal.stdout.setEncoding('utf8')) {
    printed += part
    if (/ at http\S+\s*$/.test(printed)) break
  }
  // Whatever else it would say.
  await sleep(200)
  printed += String(terminal.stdout.read() ?? '')
  terminal.kill('SIGTERM')
  await once(terminal, 'exit')
  return stripVTControlCharacters(printed)
    .split(/\r?\n/)
    .filter((line) => line !== '')
}

test('npm start builds nothing when nothing has changed, and ends with the address in plain text', async () => {
  const before = await served()
  const lines = await startAtTerminal({ HOST: '::1', SITE_URL: 'https://other.example' })
  expect(lines).toContain('Nothing has changed since the last build.')
  expect(lines.at(-1)).toMatch(/^Broadside is running at http:\/\/\[::1\]:\d+$/)
  expect(lines.join('\n')).not.toContain('{')
  expect(await served()).toEqual(before)
})

test('where the output is no terminal the log is JSON', async () => {
  const site = await start()
  expect(JSON.parse(site.log.at(-1)!)).toMatchObject({
    msg: `Broadside is running at ${site.origin}`,
  })
  await site.stop()
})
