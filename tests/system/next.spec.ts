// Tests lib/pages/, components/site/slot.tsx
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from '@playwright/test'
import { UNLIMITED } from '#scripts/testing/unlimited.ts'
import { fillQueue, PASSWORD, signIn, test as base } from '#tests/support/moderation-site.ts'
import { expect, type Site } from '#tests/support/site.ts'

/** `server.ts` serves in production; these are the other two ways to run the site, both by Next. */

/** One server of each kind for all tests: `next dev` compiles every page once. */
base.describe.configure({ mode: 'default' })

const STRIP_TYPES = '--experimental-next-config-strip-types'

/** What tests ask for, compiled before they do: no answer comes while Next compiles what gives it. */
const COMPILED =
  '/ /comments /moderation /api/comments /api/moderation/session /api/views /api/votes'.split(' ')

/** Next makes every page anew: none is that of the test before. */
const next = base.extend({
  site: async ({ workerSite, emptied }, provide) => {
    void emptied
    await provide(workerSite)
  },
})

const dev = next.extend<object, { workerSite: Site }>({
  workerSite: [
    async ({ workerFile }, provide) => {
      const { folder, remove } = await copySources()
      const site = await startNext(['dev', STRIP_TYPES], workerFile, folder)
      await Promise.all(COMPILED.map((path) => fetch(site.origin + path)))
      await provide(site)
      await site.stop()
      await remove()
    },
    // All is compiled: half a minute of two cores.
    { scope: 'worker', timeout: 300_000 },
  ],
})

const start = next.extend<object, { workerSite: Site }>({
  workerSite: [
    async ({ workerFile }, provide) => {
      const site = await startNext(['start', STRIP_TYPES], workerFile)
      await provide(site)
      await site.stop()
    },
    { scope: 'worker' },
  ],
})

/** What React and Next say on the console to whoever develops. */
const HINTS =
  /^info: %cDownload the React DevTools|^log: \[(HMR\] connected|Fast Refresh\] (rebuilding|done in \d+ms)) /

dev.describe('next dev', () => {
  dev.use({ expectedNoise: [HINTS] })

  dev('shows the story, counts a vote and takes a comment', async ({ page }) => {
    await voteAndComment(page)
    await page.goto('/comments')
    await expect(page.getByText('1 Person voted this article.')).toBeVisible()
    await expect(page.getByRole('article', { name: 'Ann' })).toContainText('What Ann thinks')
  })

  dev('lets a moderator sign in to the queue', async ({ page, store }) => {
    await fillQueue(store)
    await signIn(page)
    await expect(page.getByRole('article', { name: 'Ann' })).toContainText('One held')
  })

  dev.describe('without scripts', () => {
    dev.use({
      javaScriptEnabled: false,
      // The development server's style comes too late for a view transition to the page.
      expectedNoise: [/status of 4(01|22)|ViewTransition opt-in disabled/],
    })

    dev('shows a refused comment again, with its status and what was typed', async ({ page }) => {
      await refuseComment(page)
    })

    dev('keeps the name at a wrong password, and never shows the password', async ({ page }) => {
      await refusePassword(page)
    })
  })
})

start.describe('next start', () => {
  start('shows the story, counts a vote, takes a comment and a reply', async ({ page }) => {
    await voteAndComment(page)
    const comment = page.getByRole('article', { name: 'Ann' })
    await comment.getByRole('link', { name: 'Reply' }).click()
    const form = page.getByRole('form', { name: 'Reply to Ann' })
    await form.getByRole('textbox', { name: 'Name' }).fill('Ben')
    await form.getByRole('textbox', { name: 'Reply' }).fill('What Ben answers')
    await form.getByRole('button', { name: 'Post reply' }).click()
    await expect(page.getByText('2 comments')).toBeVisible()
    await expect(page).toHaveURL('/')
    await page.goto('/comments')
    await expect(page.getByRole('article', { name: 'Ben' })).toContainText('What Ben answers')
  })

  start('lets a moderator approve a comment that waits', async ({ page, store }) => {
    await fillQueue(store)
    await signIn(page)
    const held = page.getByRole('article', { name: 'Ann' })
    await held.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect(held).toBeHidden()
    await page.goto('/comments')
    await expect(page.getByRole('article', { name: 'Ann' })).toContainText('One held')
  })

  start.describe('without scripts', () => {
    start.use({ javaScriptEnabled: false, expectedNoise: [/status of 4(01|22)/] })

    start('shows a refused comment again, with its status and what was typed', async ({ page }) => {
      await refuseComment(page)
    })
  })
})

/** Reads the story, votes for it and comments on it, with React on the whole page. */
async function voteAndComment(page: Page): Promise<void> {
  await page.goto('/')
  await expect(
    page.getByText(/^The US government has instructed its diplomats to actively/),
  ).toBeVisible()
  // It comes last: what is clicked before React has hydrated the page is sent as a form.
  await page.locator('#network').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Upvote' }).click()
  await expect(page.getByText('1 Person voted this article.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
  await page.getByRole('textbox', { name: 'Comment' }).fill('What Ann thinks')
  await page.getByRole('button', { name: 'Post comment' }).click()
  await expect(page.getByRole('article', { name: 'Ann' })).toContainText('What Ann thinks')
  await expect(page).toHaveURL('/')
}

async function refuseComment(page: Page): Promise<void> {
  await page.goto('/comments')
  await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(81))
  await page.getByRole('textbox', { name: 'Comment' }).fill('<b>"kept"</b> & so on\n two')
  const answer = page.waitForResponse('**/api/comments')
  await page.getByRole('button', { name: 'Post comment' }).click()
  expect((await answer).status()).toBe(422)
  const name = page.getByRole('textbox', { name: 'Name' })
  await expect(name).toHaveValue('x'.repeat(81))
  await expect(name).toHaveAccessibleDescription('This name has 81 characters. The limit is 80.')
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue(
    '<b>"kept"</b> & so on\n two',
  )
}

async function refusePassword(page: Page): Promise<void> {
  const answer = page.waitForResponse('**/api/moderation/session')
  await signIn(page, 'Mia', 'another password')
  expect((await answer).status()).toBe(401)
  await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Mia')
  expect(await page.content()).not.toContain('another password')
}

/** What `next dev` reads. */
const SOURCES =
  'app components content lib messages public next.config.ts package.json postcss.config.mjs tailwind.config.ts tsconfig.json'

/**
 * Copies what `next dev` reads: where it runs, it writes 200 MB of cache and the types of the routes it
 * finds, which the check of types would read, and it runs once a folder.
 */
async function copySources(): Promise<{ folder: string; remove: () => Promise<void> }> {
  // Within this folder, out of which Next follows no link to its packages.
  const folder = resolve(await mkdtemp('.next/dev-'))
  for (const name of SOURCES.split(' ')) await cp(name, join(folder, name), { recursive: true })
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Runs Next on a free port of the loopback address, with no limits. */
async function startNext(args: string[], file: string, folder = '.'): Promise<Site> {
  const next = spawn(
    process.execPath,
    [resolve('node_modules/next/dist/bin/next'), ...args, '-H', '127.0.0.1', '-p', '0'],
    {
      cwd: folder,
      env: {
        ...process.env,
        NODE_ENV: args[0] === 'dev' ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        DATABASE_URL: `file:${file}`,
        MODERATOR_PASSWORD: PASSWORD,
        ...UNLIMITED,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const closed = once(next, 'exit')
  const log: string[] = []
  const origin = await new Promise<string>((found, reject) => {
    createInterface(next.stdout).on('line', (line) => {
      log.push(line)
      const address = line.match(/Local: +(http:\/\/[\d.:]+)/)?.[1]
      if (address) found(address)
    })
    // Next repeats there what the browser's console says.
    createInterface(next.stderr).on('line', (line) => log.push(line))
    void closed.then(([code]) => reject(new Error(`Next stopped with ${code}: ${log.join('\n')}`)))
  })
  return {
    origin,
    process: next,
    log,
    stop: async (signal = 'SIGTERM') => {
      next.kill(signal)
      await closed
    },
  }
}
