import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import type { Comment } from '#lib/comments.ts'
import { OWN_PAGE, type Site, startSite } from '#tests/start-site.ts'

export { OWN_PAGE, startSite } from '#tests/start-site.ts'
export { expect }

/**
 * Tests with a site of their own on an empty SQLite store. Anything on the console and any page
 * error fails the test.
 */
export const test = base.extend<{
  databaseUrl: string
  site: Site
  expectedNoise: RegExp[]
  quiet: void
}>({
  databaseUrl: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'broadside-'))
    await use(`file:${join(folder, 'broadside.db')}`)
    await rm(folder, { recursive: true, force: true })
  },
  site: async ({ databaseUrl }, use) => {
    const site = await startSite(databaseUrl)
    await use(site)
    await site.stop()
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
      expect(noise.filter((line) => !expectedNoise.some((known) => known.test(line)))).toEqual([])
    },
    { auto: true },
  ],
})

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

/** Opens a page and gives the sign of intent at which React is loaded; waits until it answers. */
export async function openAwake(page: Page, path = '/'): Promise<void> {
  await page.addInitScript(() => {
    addEventListener('hydrated', () => document.documentElement.setAttribute('data-hydrated', ''))
  })
  await page.goto(path)
  await page.evaluate(() => dispatchEvent(new Event('pointermove')))
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' })
}

/** Opens the story awake and goes down to its comments, which come only when they are near. */
export async function openComments(page: Page, path = '/'): Promise<void> {
  await openAwake(page, path)
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await page.getByText(/^[\d,]+ comments?$/).waitFor()
}
