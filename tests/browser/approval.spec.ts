// Tests components/comments/moderation-results.tsx, lib/browser/proof-of-work.ts
import { spawnSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, openAwake, OWN_PAGE, startSite, test } from '#tests/support/site.ts'

test.use({ expectedNoise: [/429 \(Too Many Requests\)/] })
const STRICT = { PROOF_OF_WORK: 'on' }

async function writeComment(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
  await page.getByRole('textbox', { name: 'Comment' }).fill(text)
  await page.getByRole('button', { name: 'Post comment' }).click()
}

test('a browser does its work in a thread of its own and the comment is there for all', async ({
  page,
  databaseUrl,
}) => {
  const site = await startSite(databaseUrl, STRICT)
  const violations: unknown[] = []
  await page.exposeFunction('violated', (directive: string) => violations.push(directive))
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
      (window as never as { violated: (directive: string) => void }).violated(violatedDirective),
    ),
  )
  for (const path of ['/', '/comments']) {
    const worker = page.waitForEvent('worker')
    await openAwake(page, site.origin + path)
    await writeComment(page, `From ${path}`)
    expect((await worker).url()).toBe(`${site.origin}/proof-worker.js`)
    await expect(page.getByText('Comment posted.')).toBeAttached()
  }
  const answer = await (await fetch(`${site.origin}/api/comments`)).json()
  expect(answer).toMatchObject({
    total: 2,
    comments: [{ status: 'published' }, { status: 'published' }],
  })
  expect(violations).toEqual([])
  await page.close()
  await site.stop()
})

test('without scripts a comment waits, and only its writer sees it until it is approved', async ({
  browser,
  databaseUrl,
}) => {
  const site = await startSite(databaseUrl, STRICT)
  const open = async (path: string) => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await page.goto(site.origin + path)
    return page
  }
  const writer = await open('/comments')
  await writeComment(writer, 'Here without scripts')
  const waiting = 'Waiting for approval. Only you can see it.'
  await expect(writer.getByText(waiting)).toBeVisible()
  const other = await open('/comments')
  await expect(other.getByText('Here without scripts')).toHaveCount(0)
  expect((await other.goto(writer.url()))!.status()).toBe(404)

  const moderate = (...args: string[]) =>
    spawnSync(process.execPath, ['scripts/moderate.ts', ...args], {
      env: { ...process.env, DATABASE_URL: databaseUrl },
      encoding: 'utf8',
    }).stdout
  const [id, , reason] = moderate().split(/\s+/)
  expect(reason).toBe('unproven')
  moderate('approve', id!)
  await writer.reload()
  await expect(writer.getByText(waiting)).toHaveCount(0)
  await other.goto(`${site.origin}/comments`)
  await expect(other.getByText('Here without scripts')).toBeVisible()
  await writer.context().close()
  await other.context().close()
  await site.stop()
})

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'who comes back' : 'who comes back without scripts', () => {
    test.use({ javaScriptEnabled })

    test('finds what became of the comments that waited', async ({ page, databaseUrl, site }) => {
      const post = async (text: string, cookie = '') => {
        const response = await fetch(`${site.origin}/api/comments`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie, ...OWN_PAGE },
          body: JSON.stringify({ name: 'Ann', text, key: crypto.randomUUID(), topic: 'x' }),
        })
        const { id, status } = (await response.json()) as { id: string; status: string }
        expect(status).toBe('held')
        return { id, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? cookie }
      }
      const good = await post('good')
      const bad = await post('bad', good.cookie)
      const [name, value] = good.cookie.split('=') as [string, string]
      await page.context().addCookies([{ name, value, url: site.origin }])
      const moderate = (...args: string[]) =>
        spawnSync(process.execPath, ['scripts/moderate.ts', ...args], {
          env: { ...process.env, DATABASE_URL: databaseUrl },
        })
      expect(moderate('approve', good.id).status).toBe(0)
      expect(moderate('refuse', bad.id).status).toBe(0)

      await page.goto('/comments')
      const outcomes = page.getByRole('region', { name: 'Your comments' })
      await expect(outcomes.getByRole('listitem')).toHaveText([
        'Your comment was not approved.',
        'Your comment has been published.',
      ])
      await expect(page.locator(`#comment-${bad.id}`)).toContainText('Only you can see it.')
      await outcomes.getByRole('link').last().click()
      await expect(page.locator(`#comment-${good.id}`)).toBeInViewport()
    })
  })

test.describe('a form sent too soon', () => {
  test.use({ javaScriptEnabled: false })

  test('comes back with what was typed, and can be sent in a moment', async ({
    page,
    databaseUrl,
  }) => {
    const site = await startSite(databaseUrl, { ...STRICT, FORM_SECONDS: '60' })
    await page.goto(`${site.origin}/comments`)
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.url().includes('/api/comments')),
      writeComment(page, 'Very fast words'),
    ])
    expect(response.status()).toBe(429)
    const wait = Number(response.headers()['retry-after'])
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60)
    await expect(page.getByText(/You were very quick/)).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('Very fast words')
    await site.stop()
    // For this one the moment is over: the form is older than it takes to start a server.
    const { port } = new URL(site.origin)
    const later = await startSite(databaseUrl, { ...STRICT, FORM_SECONDS: '1', PORT: port })
    await page.getByRole('button', { name: 'Post' }).click()
    await expect(page.getByText('Waiting for approval')).toBeVisible()
    await later.stop()
  })
})

test('with scripts a form sent too soon is sent again by itself', async ({ page, databaseUrl }) => {
  const site = await startSite(databaseUrl, { ...STRICT, FORM_SECONDS: '12' })
  await openAwake(page, site.origin)
  const noise = page.waitForEvent('console', (message) => message.type() === 'error')
  await writeComment(page, 'Very fast words')
  expect((await noise).text()).toContain('429')
  await expect(page.getByText('Comment posted.')).toBeAttached()
  await page.close()
  await site.stop()
})
test('one more new reader than a network may bring does some work for the vote', async ({
  page,
  databaseUrl,
}) => {
  const site = await startSite(databaseUrl, { NETWORK_READERS_PER_HOUR: '0' })
  await openAwake(page, site.origin)
  await page.getByRole('button', { name: 'Upvote' }).click()
  await expect
    .poll(async () => (await fetch(`${site.origin}/api/votes`)).json())
    .toMatchObject({ up: 1 })
  await page.close()
  await site.stop()
})
