// Tests lib/publishing/keep-previous-assets.ts, lib/publishing/previous-assets.ts
import type { Page } from '@playwright/test'
import { buildAgain } from '#tests/support/next-build.ts'
import { startNginx } from '#tests/support/nginx.ts'
import { expect, startSite, test } from '#tests/support/site.ts'
import { SERVER } from '#tests/support/start-site.ts'

test('a rolling restart to a new build breaks no page, neither an old one nor a new one', async ({
  page,
  context,
  databaseUrl,
}) => {
  const build = await buildAgain()
  const instances = await Promise.all([startSite(databaseUrl), startSite(databaseUrl)])
  const nginx = await startNginx([instances[0].origin, instances[1].origin])
  const broken: string[] = []
  context.on('response', (answer) => {
    if (answer.status() >= 400) broken.push(`${answer.status()} ${answer.url()}`)
  })
  // An instance that stops ends its events; a page that is closed gives up what it has asked for.
  context.on('requestfailed', (request) => {
    if (!request.url().includes('/api/live') && request.failure()?.errorText !== 'net::ERR_ABORTED')
      broken.push(`failed ${request.url()}`)
  })
  await context.addInitScript(() =>
    addEventListener('hydrated', () => document.documentElement.setAttribute('data-hydrated', '')),
  )
  // Nothing but the document is loaded: its scripts are asked for after both have been restarted.
  await page.goto(nginx.origin)
  const before = await scriptsOf(page)
  for (const [i, site] of instances.entries()) {
    await site.stop()
    const { port } = new URL(site.origin)
    const starting = startSite(
      databaseUrl,
      { PORT: port },
      [process.execPath, SERVER],
      build.folder,
    )
    for (let reader = 0; reader < 10; reader++)
      await read(nginx.origin, `?reader=${i}-${reader}`, broken)
    instances[i] = await starting
    // One of each build at first: the document is of one, and its scripts may be asked of the other.
    for (const path of [`/?after=${i}`, '/comments']) {
      const another = await context.newPage()
      await another.goto(nginx.origin + path)
      await wake(another)
      await another.close()
    }
  }

  await wake(page)
  await page.getByRole('button', { name: 'Upvote' }).click()
  await expect(page.getByText('1 Person voted this article.')).toBeAttached()
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await page.getByText(/^[\d,]+ comments?$/).waitFor()
  expect(await scriptsOf(page)).toEqual(before)

  await page.goto(`${nginx.origin}/?again`)
  await wake(page)
  await expect(page.getByRole('button', { name: 'Upvote' })).toHaveAttribute('aria-pressed', 'true')
  const after = await scriptsOf(page)
  expect(after.filter((script) => before.includes(script))).toEqual([])
  expect(broken).toEqual([])

  await nginx.stop()
  await Promise.all(instances.map((site) => site.stop()))
  await build.remove()
})

/** Gives the sign at which scripts are loaded, and waits until React answers. */
async function wake(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('pointermove')))
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' })
}

/** Those that the document names. */
const scriptsOf = async (page: Page) =>
  (await page.locator('script[data-src]').getAttribute('data-src'))!.split(' ')

/** Gets the story past nginx's cache, and all that it names. */
async function read(origin: string, query: string, broken: string[]): Promise<void> {
  const ask = async (path: string, method: 'GET' | 'HEAD' = 'GET') => {
    const answer = await fetch(origin + path + query, { method })
    if (!answer.ok) broken.push(`${answer.status} ${path}`)
    return answer.text()
  }
  const [, scripts] = (await ask('/')).match(/data-src="([^"]+)"/) ?? []
  await Promise.all(scripts?.split(' ').map((path) => ask(path, 'HEAD')) ?? [])
}
