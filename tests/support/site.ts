import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test as base, expect, type Page } from '@playwright/test'
import type { Comment } from '#lib/comments/comment.ts'
import { OWN_PAGE, PASSWORD, type Site, startSite } from '#tests/support/start-site.ts'

export { OWN_PAGE, PASSWORD, type Site, startSite } from '#tests/support/start-site.ts'
export { expect }

/** Where no service worker is wanted (`playwright.config.ts`). */
const BLOCKED = /registration blocked by Playwright/
/** Chromium's own, of a page that a busy machine has drawn before the transition to it began. */
const LATE_TRANSITION = /Transition was aborted because of invalid state\. Page already revealed/

/**
 * Tests with a site on an empty SQLite store. The site is the same for all tests of a worker, which
 * empties its store before each. Anything on the console and any page error fails the test.
 */
export const test = base.extend<
  { emptied: void; databaseUrl: string; site: Site; expectedNoise: RegExp[]; quiet: void },
  { workerFile: string; workerSite: Site }
>({
  workerFile: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'broadside-'))
      await use(join(folder, 'broadside.db'))
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  workerSite: [
    async ({ workerFile }, use) => {
      const site = await startSite(`file:${workerFile}`, { MODERATOR_PASSWORD: PASSWORD })
      await use(site)
      await site.stop()
    },
    { scope: 'worker' },
  ],
  emptied: [
    async ({ workerFile }, use) => {
      if (existsSync(workerFile)) empty(workerFile)
      await use()
    },
    { auto: true },
  ],
  databaseUrl: async ({ workerFile }, use) => use(`file:${workerFile}`),
  site: async ({ workerSite, emptied }, use) => {
    // Only then: the story may be a second old, that of the test before.
    void emptied
    const story = async () => (await fetch(workerSite.origin)).text()
    await expect.poll(story).toMatch(/"initial":\{"up":0,"down":0\}[^]*"initial":0\b/)
    workerSite.log.length = 0
    await use(workerSite)
  },
  baseURL: async ({ site }, use) => use(site.origin),
  expectedNoise: [[], { option: true }],
  quiet: [
    async ({ context, expectedNoise }, use) => {
      const noise: string[] = []
      context.on('console', (message) =>
        noise.push(`${message.type()}: ${message.text()} ${message.location().url}`),
      )
      context.on('weberror', (error) => noise.push(String(error.error())))
      await use()
      expect(
        noise.filter(
          (line) => ![BLOCKED, LATE_TRANSITION, ...expectedNoise].some((known) => known.test(line)),
        ),
      ).toEqual([])
    },
    { auto: true },
  ],
})

/** Deletes what readers and moderators have given; what servers have made for themselves stays. */
function empty(path: string): void {
  const file = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: false })
  const tables = file
    .prepare(`select name from sqlite_schema where type = 'table' and name not like 'kysely%'`)
    .all()
  file.exec('begin immediate')
  for (const { name } of tables)
    if (name === 'tally') file.exec('update tally set up = 0, down = 0, views = 0, comments = 0')
    else if (name !== 'secrets') file.exec(`delete from ${name}`)
  file.exec('commit')
  file.close()
}

/** Writes comments through the API, oldest first. */
export async function writeComments(origin: string, count: number): Promise<Comment[]> {
  const comments: Comment[] = []
  for (let i = 1; i <= count; i++) {
    const response = await fetch(`${origin}/api/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OWN_PAGE },
      body: JSON.stringify({
        name: `Reader ${i}`,
        text: `Letter *number* ${i}, with a [link](https://example.org/${i}).\n\n> And a quote.`,
        key: crypto.randomUUID(),
      }),
    })
    expect(response.status).toBe(201)
    comments.push((await response.json()) as Comment)
  }
  return comments
}

/** Opens a page and gives the sign of intent at which React is loaded; waits until it answers, with
 * all that comes when there is time. */
export async function openAwake(page: Page, path = '/'): Promise<void> {
  await page.addInitScript(() => {
    addEventListener('hydrated', () => document.documentElement.setAttribute('data-hydrated', ''))
  })
  await page.goto(path)
  await page.evaluate(() => dispatchEvent(new Event('pointermove')))
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' })
  // The last that comes by itself.
  await page.locator('#network').waitFor({ state: 'attached' })
}

/** Opens the story awake and goes down to its comments, which come only when they are near. */
export async function openComments(page: Page, path = '/'): Promise<void> {
  await openAwake(page, path)
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await page.getByText(/^[\d,]+ comments?$/).waitFor()
}
