// Tests app/privacy/, components/site/erasure-form.tsx, components/site/privacy-note.tsx, lib/metadata/feed-links.ts
import type { Page } from '@playwright/test'
import { expect, OWN_PAGE, test } from '#tests/support/site.ts'

async function vote(page: Page): Promise<void> {
  const response = await page.request.post('/api/votes', {
    headers: OWN_PAGE,
    data: { vote: 'up' },
  })
  expect(await response.json()).toMatchObject({ up: 1 })
}

async function comment(page: Page, name: string, parent?: string): Promise<string> {
  const response = await page.request.post('/api/comments', {
    headers: OWN_PAGE,
    data: { name, text: `Words of ${name}`, parent, key: crypto.randomUUID() },
  })
  expect(response.status()).toBe(201)
  return ((await response.json()) as { id: string }).id
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled, expectedNoise: [/^info: Clear-Site-Data|status of 422/] })

    test('a reader erases everything of their own', async ({ page, browser, site }) => {
      await vote(page)
      const answered = await comment(page, 'Ann')
      await comment(page, 'Ann')
      const other = await browser.newPage({ baseURL: site.origin })
      await comment(other, 'Ben', answered)

      await page.goto('/comments')
      await page.goto('/privacy')
      await page.evaluate(() => localStorage.setItem('draft-comment', 'Words of Ann'))
      await expect(page.getByText('Your votes, comments, reports and cookie')).toBeHidden()
      const form = page.getByRole('form', { name: 'Erase my data' })
      await form.getByRole('checkbox').check()
      await form.getByRole('button', { name: 'Erase' }).click()
      await expect(page).toHaveURL('/privacy#erased')
      await expect(page.getByText('Your votes, comments, reports and cookie')).toBeVisible()
      await expect(page.getByText('Nothing to erase')).toBeHidden()
      expect(await page.context().cookies()).toEqual([])
      expect(await page.evaluate(() => localStorage.getItem('draft-comment'))).toBeNull()

      await page.goto('/comments')
      await expect(page.getByText('Words of Ben')).toBeVisible()
      await expect(page.getByText('Ann')).toHaveCount(0)
      expect(await (await page.request.get('/api/votes')).json()).toMatchObject({ up: 0 })
      const feed = await (await page.request.get('/comments.atom')).text()
      expect(feed).toContain('Words of Ben')
      expect(feed).not.toContain('Ann')
      await other.close()
    })

    test('who has given nothing is told so, by keyboard alone', async ({ page }) => {
      await page.goto('/privacy')
      const box = page.getByRole('checkbox', { name: /for good/ })
      await box.focus()
      await page.keyboard.press('Space')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL('/privacy#nothing-kept')
      await expect(page.getByText('Nothing to erase')).toBeVisible()
    })

    test('nothing is sent before the box is ticked', async ({ page }) => {
      await page.goto('/privacy')
      await vote(page)
      const refused = page.waitForResponse((response) => response.status() === 422)
      await page.getByRole('button', { name: 'Erase' }).click()
      await refused
      await expect(page).toHaveURL('/api/erasure#unconfirmed')
      await expect(page.getByText('Please tick the box first')).toBeInViewport()
      await page.getByRole('checkbox').check()
      await page.getByRole('button', { name: 'Erase' }).click()
      await expect(page).toHaveURL('/privacy#erased')
      await expect(page.getByText('Please tick the box first')).toBeHidden()
    })
  })

test('pages say where the feeds are, and that of comments is one, under the policy of data', async ({
  page,
  site,
}) => {
  await comment(page, 'Ann')
  for (const path of ['/', '/author', '/comments']) {
    await page.goto(path)
    const links = page.locator('link[rel=alternate]')
    expect(
      await links.evaluateAll((nodes) => nodes.map((node) => (node as HTMLLinkElement).href)),
    ).toEqual(
      ['feed.atom', 'comments.atom', 'feed.rss', 'feed.json'].map(
        (name) => `${site.origin}/${name}`,
      ),
    )
    const titles = await links.evaluateAll((nodes) =>
      nodes.map((node) => node.getAttribute('title')),
    )
    expect(titles.slice(0, 2)).toEqual(['The story', 'Comments'])
  }
  const response = await page.request.get('/comments.atom')
  expect(response.status()).toBe(200)
  expect(response.headers()['content-type']).toBe('application/atom+xml; charset=utf-8')
  expect(response.headers()['content-security-policy']).toContain("default-src 'none'")
  expect(await response.text()).toContain(`href="/comments?page=`)
  const { etag } = response.headers()
  const known = { 'if-none-match': etag! }
  expect((await page.request.get('/comments.atom', { headers: known })).status()).toBe(304)
  expect((await page.request.head('/comments.atom')).status()).toBe(200)
  expect((await page.request.post('/comments.atom')).status()).toBe(405)
})

test('a refusal to erase is a status, and the page that says what to do', async ({ site }) => {
  const answer = await fetch(`${site.origin}/api/erasure`, {
    method: 'POST',
    headers: { ...OWN_PAGE, 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  })
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await answer.text()).toContain('Please tick the box first. Erasing cannot be undone.')
})
