// Tests app/comments/, lib/pages/load-comments-page.ts, components/comments/comments-page.tsx
import { expect, test, writeComments } from '#tests/support/site.ts'

test.use({ javaScriptEnabled: false })

test('a reader without scripts reads, votes, changes and withdraws', async ({ page }) => {
  await page.goto('/')
  await expect(
    page.getByText(/^The US government has instructed its diplomats to actively/),
  ).toBeVisible()
  await expect(page.getByText('Loading')).toBeHidden()
  await expect(page.getByText('0 People voted this article.')).toBeVisible()
  const up = page.getByRole('button', { name: 'Upvote' })
  const down = page.getByRole('button', { name: 'Downvote' })
  await up.click()
  await expect(page).toHaveURL('/?voted#votes')
  await expect(page.getByText('1 Person voted this article. 1 Upvote - 0 Downvotes.')).toBeVisible()
  await expect(up).toHaveAttribute('aria-pressed', 'true')

  await page.goto('/comments')
  await expect(page.getByText('1 Person voted this article. 1 Upvote - 0 Downvotes.')).toBeVisible()
  await expect(up).toHaveAttribute('aria-pressed', 'true')
  await down.click()
  await expect(page).toHaveURL('/comments#votes')
  await expect(page.getByText('1 Person voted this article. 0 Upvotes - 1 Downvote.')).toBeVisible()
  await down.click()
  await expect(page.getByText('0 People voted this article.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('0 People voted this article.')).toBeVisible()
})

test('a comment from the article’s form ends at its place, and a reload does not post again', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
  await page.getByRole('textbox', { name: 'Comment' }).fill('one\n\n**two**')
  await page.getByRole('button', { name: 'Post comment' }).click()
  await expect(page).toHaveURL(/\/comments\?page=[\w-]+#comment-[\w-]+$/)
  const comment = page.getByRole('article', { name: 'Ann' })
  await expect(comment.locator('strong')).toHaveText('two')
  await expect(comment).toBeInViewport()
  await page.reload()
  await expect(page.getByRole('article')).toHaveCount(1)
  await expect(page.getByText('1 comment', { exact: true })).toBeVisible()
})

test.describe('a refused form', () => {
  test.use({ expectedNoise: [/status of (413|422)/] })

  test('that is too large is answered with a page, and going back keeps its words', async ({
    page,
  }) => {
    const words = 'x'.repeat(65_537)
    await page.goto('/')
    const text = page.getByRole('textbox', { name: 'Comment' })
    await text.fill(words)
    await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
    const [response] = await Promise.all([
      page.waitForResponse('**/api/comments'),
      page.getByRole('button', { name: 'Post comment' }).click(),
    ])
    expect(response.status()).toBe(413)
    await expect(page.getByRole('heading', { name: 'Too long to post' })).toBeVisible()
    await expect(page.getByText('The limit is 64 KB.')).toBeVisible()
    await page.goBack()
    await expect(text).toHaveValue(words)
  })

  test('comes back with its status, what was typed and what is wrong', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(81))
    await page.getByRole('textbox', { name: 'Comment' }).fill('<b>"kept"</b> & so on\n two')
    const [response] = await Promise.all([
      page.waitForResponse('**/api/comments'),
      page.getByRole('button', { name: 'Post comment' }).click(),
    ])
    expect(response.status()).toBe(422)
    const name = page.getByRole('textbox', { name: 'Name' })
    await expect(name).toHaveValue('x'.repeat(81))
    await expect(name).toHaveAccessibleDescription('This name has 81 characters. The limit is 80.')
    await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue(
      '<b>"kept"</b> & so on\n two',
    )
    await name.fill('Ann')
    await page.getByRole('button', { name: 'Post comment' }).click()
    await expect(page.getByRole('article', { name: 'Ann' })).toContainText('<b>"kept"</b> & so on')
  })
})

test('the comments go on page by page, newest first, and back', async ({ page, site }) => {
  const written = await writeComments(site.origin, 60)
  await page.goto('/')
  await page.getByRole('link', { name: 'Read the comments' }).click()
  await expect(page.getByText('60 comments')).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(50)
  await expect(page.getByRole('article').first()).toContainText('Reader 60')
  await page.getByRole('link', { name: 'Older comments' }).click()
  await expect(page.getByRole('article')).toHaveCount(10)
  await expect(page.getByRole('article').last()).toContainText('Reader 1')
  await page.getByRole('link', { name: 'Newest comments' }).click()
  await expect(page.getByRole('article').first()).toContainText('Reader 60')

  const third = written[2]!
  await page.goto(`/comments?page=${third.id}#comment-${third.id}`)
  await expect(page.getByRole('article')).toHaveCount(3)
  await expect(page.getByRole('article', { name: 'Reader 3' })).toBeInViewport()
})
