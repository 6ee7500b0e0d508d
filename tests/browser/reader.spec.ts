// Tests components/votes/
import type { Page } from '@playwright/test'
import { expect, openAwake, openComments, test } from '#tests/support/site.ts'

const sentence = (text: string) => `${text} voted this article.`

test('a reader reads, votes, changes, withdraws, comments, and finds it all after a reload', async ({
  page,
}) => {
  await openAwake(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^US Diplomats Urged/)
  await expect(page.getByText(sentence('0 People'))).toBeVisible()
  const up = page.getByRole('button', { name: 'Upvote' })
  const down = page.getByRole('button', { name: 'Downvote' })

  const answered = () => page.waitForResponse((response) => response.url().endsWith('/api/votes'))
  await Promise.all([answered(), up.click()])
  await expect(page.getByText('1 Person voted this article. 1 Upvote - 0 Downvotes.')).toBeVisible()
  await expect(up).toHaveAttribute('aria-pressed', 'true')
  await openAwake(page)
  await expect(up).toHaveAttribute('aria-pressed', 'true')

  await Promise.all([answered(), down.click()])
  await expect(page.getByText('1 Person voted this article. 0 Upvotes - 1 Downvote.')).toBeVisible()
  await openAwake(page)
  await expect(down).toHaveAttribute('aria-pressed', 'true')

  await Promise.all([answered(), down.click()])
  await expect(page.getByText(sentence('0 People'))).toBeVisible()
  await openAwake(page)
  await expect(page.getByText(sentence('0 People'))).toBeVisible()
  await expect(down).toHaveAttribute('aria-pressed', 'false')

  await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
  await page.getByRole('textbox', { name: 'Comment' }).fill('A *fine* story 👩‍👩‍👧‍👦')
  await page.getByRole('button', { name: 'Post comment' }).click()
  const comment = page.getByRole('article', { name: 'Ann' })
  await expect(comment).toContainText('A fine story 👩‍👩‍👧‍👦')
  await expect(comment).toBeFocused()
  await expect(page.getByText('1 comment', { exact: true })).toBeVisible()
  await openComments(page)
  await expect(comment).toHaveCount(1)

  await comment.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/comments\?page=[\w-]+#comment-/)
  await expect(comment).toBeInViewport()
})

test('a view is counted once however often the page is opened', async ({ page }) => {
  await openAwake(page)
  await expect(page.getByText('1 view')).toBeVisible()
  await openAwake(page)
  await expect(page.getByText('1 view')).toBeVisible()
})

test('reading sets no cookie and asks no other host', async ({ page, context, site }) => {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  await openComments(page)
  await expect(page.getByText('0 comments')).toBeVisible()
  await page.goto('/comments')
  await expect(page.getByText('0 comments')).toBeVisible()
  expect(await context.cookies()).toEqual([])
  expect([...hosts]).toEqual([site.origin])
})

test('from the address bar to a posted comment by keyboard alone', async ({ page }) => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the story' })).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, 'Upvote')
  await page.keyboard.press('Enter')
  await expect(page.getByText(sentence('1 Person'))).toBeVisible()
  await tabTo(page, 'Name')
  await page.keyboard.type('Ann')
  await page.keyboard.press('Tab')
  await page.keyboard.type('First line')
  await page.keyboard.press('Enter')
  await page.keyboard.type('second line')
  await tabTo(page, 'Post comment')
  await page.keyboard.press('Space')
  const comment = page.getByRole('article', { name: 'Ann' })
  await expect(comment).toBeFocused()
  await expect(comment).toBeInViewport()
  await expect(comment).toContainText('First line')
})

/** Tabs on until the control with this name has the focus; every stop on the way must be in view. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    await expect(focused).toBeInViewport()
    const label = await focused.evaluate(
      (element) =>
        (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent ?? '',
    )
    if (label === name) return
  }
  throw new Error(`Tab never came to ${name}`)
}
