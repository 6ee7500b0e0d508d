// Tests components/islands.ts, components/site/island.tsx, lib/browser/hydrate-islands.ts, lib/browser/loader.ts
import { expect, openAwake, test, writeComments } from '#tests/support/site.ts'

test.use({ expectedNoise: [/ERR_FAILED|The island "comments" stays as it is/] })

test('an island whose script cannot be had stays as it was, its forms work, and it is told once', async ({
  page,
  site,
}) => {
  await writeComments(site.origin, 1)
  const told: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('stays as it is')) told.push(message.text())
  })
  await page.route('**/islands/all-comments-*.js', (route) => route.abort())
  const island = async () => {
    const html = await page.locator('x-island[name=comments]').innerHTML()
    // Forms and their props are the same but for tokens, which tell when a page was made.
    return html.replace(/(?<=name="token" )value="[^"]*"/g, '')
  }
  await page.goto('/comments')
  const before = await island()
  await openAwake(page, '/comments')
  expect(await island()).toBe(before)
  expect(told).toHaveLength(1)

  // Another island of the same page answers by script.
  await page.getByRole('button', { name: 'Upvote', exact: true }).click()
  await expect(page.getByText('1 Person voted this article.')).toBeVisible()
  await expect(page).toHaveURL('/comments')

  await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
  await page.getByRole('textbox', { name: 'Comment' }).fill('By a plain form')
  await page.getByRole('button', { name: 'Post comment' }).click()
  await expect(page).toHaveURL(/#comment-/)
  await expect(page.getByRole('article', { name: 'Ann' })).toContainText('By a plain form')
})

test('the story leads to its comments where their script cannot be had', async ({ page, site }) => {
  await writeComments(site.origin, 1)
  await page.route('**/islands/comment-list-*.js', (route) => route.abort())
  await openAwake(page)
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await page.getByRole('link', { name: 'Read the comments' }).click()
  await expect(page.getByRole('article', { name: 'Reader 1' })).toBeVisible()
})

/** Presses once in the moment in which the votes answer already, and other islands do not yet. */
function pressBetween(): void {
  const { prototype } = EventTarget
  const add = prototype.addEventListener
  prototype.addEventListener = function (this: EventTarget, type: string, ...rest) {
    add.call(this, type, ...rest)
    if (type !== 'submit' || !(this instanceof HTMLFormElement) || !this.closest('#votes')) return
    prototype.addEventListener = add
    queueMicrotask(() => this.querySelector('button')!.click())
  }
}

for (const path of ['/', '/comments'])
  test(`a vote on ${path} that comes while islands are taken over counts once`, async ({
    page,
    site,
  }) => {
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/votes'))
        sent.push(request.postData()!)
    })
    await page.addInitScript(pressBetween)
    await openAwake(page, path)
    await expect(page.getByText('1 Person voted this article.')).toBeVisible()
    expect(sent).toHaveLength(1)
    expect(await (await fetch(`${site.origin}/api/votes`)).json()).toMatchObject({ up: 1, down: 0 })
  })
