// Tests lib/browser/loader.ts, lib/http/security-headers.ts, lib/server/send-document.ts
import type { Page } from '@playwright/test'
import { hashOf } from '#lib/http/security-headers.ts'
import { expect, OWN_PAGE, startSite, test } from '#tests/support/site.ts'

const scripts = (page: Page) => {
  const paths: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'script') paths.push(request.url())
  })
  return paths
}

/** Feeds and links carry them to other sites. */
const PICTURES = new Set(['/icon.svg', '/card.png'])

test('until the reader does something the story is one response, and the view is counted', async ({
  page,
  site,
}) => {
  const asked: string[] = []
  page.on('request', (request) =>
    asked.push(`${request.method()} ${new URL(request.url()).pathname}`),
  )
  const viewed = page.waitForResponse('**/api/views')
  await page.goto('/')
  await viewed
  await expect(page.getByText(/^Overall, the US is taking/)).toBeAttached()
  // The display face comes after the first paint.
  const isFont = (request: string) => request.endsWith('.woff2')
  expect(asked.filter((request) => request !== 'GET /icon.svg' && !isFont(request))).toEqual([
    'GET /',
    'POST /api/views',
  ])
  expect(
    await (await fetch(`${site.origin}/api/views`, { method: 'POST', headers: OWN_PAGE })).json(),
  ).toEqual({
    views: 1,
  })
})

for (const [intent, act] of [
  ['moves the pointer', (page: Page) => page.mouse.move(100, 100)],
  ['presses a key', (page: Page) => page.keyboard.press('Shift')],
  ['scrolls', (page: Page) => page.mouse.wheel(0, 10)],
] as const)
  test(`React comes when the reader ${intent}`, async ({ page }) => {
    const loaded = scripts(page)
    await page.goto('/')
    expect(loaded).toEqual([])
    await act(page)
    await expect(page.getByText('0 People voted this article.')).toBeAttached()
    expect(new Set(loaded).size).toBe(loaded.length)
  })

for (const fragment of ['votes', 'comments', 'leave-a-reply'])
  test(`React comes when the address leads to #${fragment}`, async ({ page }) => {
    await page.goto(`/#${fragment}`)
    await expect(page.getByText('0 People voted this article.')).toBeAttached()
  })

test('a tap on Upvote before React is there is counted once', async ({ page, site }) => {
  const votes: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/votes') && request.method() === 'POST')
      votes.push(request.url())
  })
  const gate = Promise.withResolvers<void>()
  await page.route('**/_next/static/islands/**', async (route) => {
    await gate.promise
    await route.continue()
  })
  await page.goto('/')
  const up = page.getByRole('button', { name: 'Upvote' })
  await up.click()
  await up.click()
  expect(votes).toEqual([])
  gate.resolve()
  await expect(page.getByText('1 Person voted this article. 1 Upvote - 0 Downvotes.')).toBeVisible()
  await expect(up).toHaveAttribute('aria-pressed', 'true')
  expect(votes).toHaveLength(1)
  expect(await (await fetch(`${site.origin}/api/votes`)).json()).toMatchObject({ up: 1, down: 0 })
  expect(new URL(page.url()).pathname).toBe('/')
})

test('a vote and a comment sent before React is there are both kept', async ({ page, site }) => {
  const gate = Promise.withResolvers<void>()
  await page.route('**/_next/static/islands/**', async (route) => {
    await gate.promise
    await route.continue()
  })
  await page.goto('/')
  await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
  await page.getByRole('textbox', { name: 'Comment' }).fill('Early words')
  await page.getByRole('button', { name: 'Upvote' }).click()
  await page.getByRole('button', { name: 'Post comment' }).click()
  gate.resolve()
  await expect(page.getByRole('article', { name: 'Ann' })).toContainText('Early words')
  await expect(page.getByText('1 Person voted this article.')).toBeVisible()
  expect(await (await fetch(`${site.origin}/api/votes`)).json()).toMatchObject({ up: 1 })
})

/** The loader holds a form for five seconds at most; the rest is for a machine that is busy. */
const GIVEN_BACK = { timeout: 15_000 }
test('a tap is sent as a plain form where the scripts never come', async ({ page, site }) => {
  await page.route('**/_next/static/islands/**', () => {})
  await page.goto('/')
  await page.getByRole('button', { name: 'Upvote' }).click()
  await expect(page).toHaveURL('/?voted#votes', GIVEN_BACK)
  expect(await (await fetch(`${site.origin}/api/votes`)).json()).toMatchObject({ up: 1 })
})

test.describe('where a script breaks', () => {
  test.use({ expectedNoise: [/broken/] })

  test('a tap is sent as a plain form', async ({ page, site }) => {
    await page.route('**/_next/static/islands/**', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("broken")' }),
    )
    await page.goto('/')
    await page.getByRole('button', { name: 'Upvote' }).click()
    await expect(page).toHaveURL('/?voted#votes', GIVEN_BACK)
    expect(await (await fetch(`${site.origin}/api/votes`)).json()).toMatchObject({ up: 1 })
  })
})

test.describe('where the scripts cannot be had', () => {
  test.use({ expectedNoise: [/ERR_FAILED/] })

  test('a tap on Upvote is sent as a plain form', async ({ page, site }) => {
    await page.route('**/_next/static/islands/**', (route) => route.abort())
    await page.goto('/')
    await page.getByRole('button', { name: 'Upvote' }).click()
    await expect(page).toHaveURL('/?voted#votes', GIVEN_BACK)
    expect(await (await fetch(`${site.origin}/api/votes`)).json()).toMatchObject({ up: 1, down: 0 })
  })
})

test('every page’s policy names exactly the scripts and styles in it', async ({ site }) => {
  for (const [path, status] of [
    ['/', 200],
    ['/?voted', 200],
    ['/author', 200],
    ['/privacy', 200],
    ['/offline', 200],
    ['/comments', 200],
    ['/moderation', 200],
    ['/nowhere', 404],
  ] as const) {
    const response = await fetch(site.origin + path)
    expect(response.status).toBe(status)
    const policy = response.headers.get('content-security-policy')!
    const html = await response.text()
    const inline = (tag: string) =>
      [...html.matchAll(new RegExp(`<${tag}\\b([^>]*)>(.*?)</${tag}>`, 'gs'))]
        .filter(([, attributes]) => !attributes!.includes('ld+json'))
        .map(([, , text]) => hashOf(text!))
    const named = (directive: string) =>
      policy.match(new RegExp(`${directive} ([^;]*)`))![1]!.match(/'sha256-[^']*'/g)
    expect(named('script-src')).toEqual([...new Set(inline('script'))])
    expect(named('style-src')).toEqual([...new Set(inline('style'))])
    expect(html).not.toMatch(/ style=| on[a-z]+=/)
  }
})

test('every answer carries the security headers, and Strict-Transport-Security over https', async ({
  site,
  databaseUrl,
}) => {
  const asset = await firstScript(site.origin)
  const behindProxy = await startSite(databaseUrl, { TRUSTED_PROXIES: '127.0.0.1' })
  for (const path of [
    '/',
    '/comments',
    '/privacy',
    '/author',
    '/feed.rss',
    '/sitemap.xml',
    '/robots.txt',
    '/card.png',
    '/manifest.webmanifest',
    '/nowhere',
    '/api/votes',
    '/api/nowhere',
    '/icon.svg',
    asset,
  ]) {
    const plain = await fetch(site.origin + path)
    await plain.arrayBuffer()
    expect(plain.headers.get('content-security-policy'), path).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'/,
    )
    const policy = plain.headers.get('content-security-policy')!
    // An SVG that is opened by itself has its own style.
    const allowed = PICTURES.has(path) ? "style-src 'unsafe-inline'; " : ''
    expect(policy.replace(allowed, ''), path).not.toMatch(/unsafe/)
    for (const [name, value] of [
      ['x-content-type-options', 'nosniff'],
      ['referrer-policy', 'strict-origin-when-cross-origin'],
      ['cross-origin-opener-policy', 'same-origin'],
      ['cross-origin-resource-policy', PICTURES.has(path) ? 'cross-origin' : 'same-origin'],
      ['strict-transport-security', null],
    ] as const)
      expect(plain.headers.get(name), `${path} ${name}`).toBe(value)
    expect(plain.headers.get('permissions-policy')).toContain('camera=()')
    const claimed = { headers: { 'x-forwarded-proto': 'https' } }
    const unproven = await fetch(site.origin + path, claimed)
    expect(unproven.headers.get('strict-transport-security'), path).toBe(null)
    const secure = await fetch(behindProxy.origin + path, claimed)
    expect(secure.headers.get('strict-transport-security'), path).toBe('max-age=63072000')
    await Promise.all([unproven.arrayBuffer(), secure.arrayBuffer()])
  }
  await behindProxy.stop()
})

test('documents and assets come in the best coding there is, and only when they changed', async ({
  site,
}) => {
  const asset = await firstScript(site.origin)
  for (const path of ['/', asset]) {
    const get = (headers: HeadersInit) => fetch(site.origin + path, { headers })
    const tags = new Set<string>()
    for (const [accepted, coding] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const response = await get({ 'accept-encoding': accepted })
      await response.arrayBuffer()
      expect(response.headers.get('content-encoding'), `${path} ${accepted}`).toBe(coding)
      expect(response.headers.get('vary')).toMatch(/accept-encoding/i)
      const etag = response.headers.get('etag')!
      tags.add(etag)
      const again = await get({ 'accept-encoding': accepted, 'if-none-match': etag })
      expect(again.status).toBe(304)
    }
    expect(tags.size).toBeGreaterThanOrEqual(3)
  }
  const story = await fetch(site.origin)
  expect(story.headers.get('cache-control')).toBe(
    'public, max-age=0, s-maxage=60, stale-while-revalidate=86400',
  )
  const script = await fetch(site.origin + asset)
  expect(script.headers.get('cache-control')).toBe('public,max-age=31536000,immutable')
  const part = await fetch(site.origin + asset, { headers: { range: 'bytes=0-9' } })
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10])
  // One that is wrong, of another unit, of several, or of a file that may be another: the whole.
  for (const range of ['bytes=5-2', 'bytes=-5', 'bytes=a-b', 'lines=1-2', 'bytes=0-1,3-4', ''])
    expect((await fetch(site.origin + asset, { headers: { range } })).status, range).toBe(200)
  const resumed = await fetch(site.origin + asset, {
    headers: { range: 'bytes=0-9', 'if-range': '"another"' },
  })
  expect(resumed.status).toBe(200)
  const icon = await fetch(`${site.origin}/favicon.ico`)
  expect(icon.headers.get('content-type')).toBe('image/x-icon')
  const head = await fetch(site.origin, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

async function firstScript(origin: string): Promise<string> {
  const html = await (await fetch(origin)).text()
  return html.match(/data-src="[^"]* (\/_next\/[^ "]+)/)![1]!
}
