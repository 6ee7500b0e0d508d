// Tests lib/browser/live-client.ts, lib/browser/live-totals.ts, lib/comments/live-change.ts
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { brotliCompressSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { minify } from 'terser'
import type { LiveChange } from '#lib/comments/live-change.ts'
import { expect, OWN_PAGE, startSite, test, writeComments } from '#tests/support/site.ts'

type Listening = { heard: LiveChange[]; stop: () => void; isHidden: boolean }
type Listener = Window &
  Listening & { subscribeToChanges: (tell: (change: LiveChange) => void) => void }

const source = stripTypeScriptTypes(await readFile('lib/browser/live-client.ts', 'utf8'))

/** A page that listens and keeps what it hears; whether it is hidden is for the test to say. */
async function listen(page: Page, origin = ''): Promise<void> {
  await page.addInitScript(`{
    ${source.replace('export ', '')}
    heard = []
    isHidden = false
    Object.defineProperty(document, 'hidden', { get: () => isHidden })
    addEventListener('load', () => (stop = subscribeToChanges((change) => heard.push(change))))
  }`)
  await page.goto(`${origin}/privacy`)
}
const heard = (page: Page) => page.evaluate(() => (window as unknown as Listener).heard)
const hide = (page: Page, isHidden: boolean) =>
  page.evaluate((isHidden) => {
    ;(window as unknown as Listener).isHidden = isHidden
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
const vote = (origin: string) =>
  fetch(`${origin}/api/votes`, {
    method: 'POST',
    headers: OWN_PAGE,
    body: new URLSearchParams({ vote: 'up' }),
    redirect: 'manual',
  })
const ask = async (origin: string) => {
  const answer = await fetch(`${origin}/api/live`, { headers: { accept: 'application/json' } })
  return (await answer.json()) as LiveChange
}

test('weighs less than 0.7 KB in a page', async () => {
  const { code } = await minify(source, { module: true })
  expect(brotliCompressSync(code!).length).toBeLessThan(700)
})

test('what others do is heard, and nothing after the end', async ({ page, site }) => {
  // The server looks once a second: what it saw before may be of another test.
  await expect.poll(() => ask(site.origin)).toMatchObject({ up: 0, total: 0 })
  await listen(page)
  await expect.poll(() => heard(page)).toMatchObject([{ up: 0, comments: [] }])
  await vote(site.origin)
  await expect.poll(() => heard(page)).toMatchObject([{ up: 0 }, { up: 1 }])
  const [comment] = await writeComments(site.origin, 1)
  await expect
    .poll(async () => (await heard(page)).at(-1)!.comments)
    .toEqual([{ ...comment, mine: false }])
  await page.evaluate(() => (window as unknown as Listener).stop())
  await vote(site.origin)
  await expect.poll(() => ask(site.origin)).toMatchObject({ up: 2 })
  expect(await heard(page)).toHaveLength(3)
})

test('a hidden page rests, and is told what it missed when it is seen again', async ({
  page,
  databaseUrl,
}) => {
  const site = await startSite(databaseUrl, { LIVE_CONNECTIONS: '1' })
  const isFree = async () => {
    const response = await fetch(`${site.origin}/api/live`)
    await response.body!.cancel()
    return response.status === 200
  }
  await listen(page, site.origin)
  await expect.poll(() => heard(page)).toHaveLength(1)
  expect(await isFree()).toBe(false)
  await hide(page, true)
  await expect.poll(isFree).toBe(true)
  const [comment] = await writeComments(site.origin, 1)
  expect(await heard(page)).toHaveLength(1)
  await hide(page, false)
  await expect
    .poll(async () => (await heard(page)).at(-1)!.comments)
    .toEqual([{ ...comment, mine: false }])
  await page.close()
  await site.stop()
})

test.describe('out of reach', () => {
  test.use({ expectedNoise: [/Failed to load resource.*\/api\/live/] })

  test('a server that comes back is found again, and what was missed is heard', async ({
    page,
    databaseUrl,
  }) => {
    const site = await startSite(databaseUrl)
    await listen(page, site.origin)
    await expect.poll(() => heard(page)).toHaveLength(1)
    await site.stop()
    const again = await startSite(databaseUrl, { PORT: new URL(site.origin).port })
    const [comment] = await writeComments(again.origin, 1)
    await expect
      .poll(async () => (await heard(page)).at(-1)!.comments)
      .toEqual([{ ...comment, mine: false }])
    await again.stop()
  })

  test('where something on the way keeps the stream back it asks', async ({ page, site }) => {
    await page.route('**/api/live*', async (route) => {
      if (route.request().headers()['accept'] === 'application/json') await route.continue()
    })
    await page.clock.install()
    await listen(page)
    await vote(site.origin)
    // The server looks once a second: what it saw before may be the vote of another test.
    await expect.poll(() => ask(site.origin)).toMatchObject({ up: 1 })
    await page.clock.runFor(30_000)
    await expect.poll(() => heard(page)).toMatchObject([{ up: 1 }])
    await page.clock.runFor(30_000)
    await expect.poll(() => heard(page)).toHaveLength(2)
  })

  test('where there is no room for a stream it asks every 30 seconds, and later tries again', async ({
    page,
    databaseUrl,
  }) => {
    const site = await startSite(databaseUrl, { LIVE_CONNECTIONS: '0' })
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/live')) asked.push(request.headers()['accept']!)
    })
    await page.clock.install()
    await listen(page, site.origin)
    await expect.poll(() => heard(page)).toMatchObject([{ up: 0 }])
    expect(asked).toEqual(['text/event-stream', 'application/json'])
    await vote(site.origin)
    await expect.poll(() => ask(site.origin)).toMatchObject({ up: 1 })
    for (let i = 2; i <= 11; i++) {
      await page.clock.runFor(30_000)
      await expect.poll(() => heard(page)).toHaveLength(i)
    }
    expect((await heard(page)).at(-1)).toMatchObject({ up: 1 })
    await page.clock.runFor(30_000)
    await expect.poll(() => heard(page)).toHaveLength(12)
    expect(asked.filter((accept) => accept === 'text/event-stream')).toHaveLength(2)
    await site.stop()
  })
})
