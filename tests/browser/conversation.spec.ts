// Tests components/comments/, lib/browser/comments-client.ts, lib/browser/drafts.ts
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '#tests/support/axe.ts'
import {
  expect,
  openAwake,
  openComments,
  OWN_PAGE,
  test,
  writeComments,
} from '#tests/support/site.ts'

const letter = (page: Page, name: string) => page.getByRole('article', { name, exact: true })
const act = (comment: Locator, name: RegExp) => comment.getByRole('link', { name }).click()
const write = async (page: Page, form: string, name: string, text: string) => {
  const element = page.getByRole('form', { name: form })
  await element.getByRole('textbox', { name: 'Name' }).fill(name)
  await element.getByRole('textbox', { name: /Comment|Reply/ }).fill(text)
  await element.getByRole('button', { name: /^Post/ }).click()
}
/** As another reader would, without a browser. */
const send = (origin: string, fields: object, path = '/api/comments') =>
  fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE },
    body: JSON.stringify(fields),
  })

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })
    const open = (page: Page) =>
      javaScriptEnabled ? openComments(page, '/comments') : page.goto('/comments')

    test('a reader answers, thinks again, votes on letters and takes one back', async ({
      page,
      site,
    }) => {
      await writeComments(site.origin, 2)
      await open(page)
      const first = letter(page, 'Reader 1')
      await act(first, /^Reply to/)
      await write(page, 'Reply to Reader 1', 'Ann', 'I *agree*')
      const reply = letter(page, 'Ann')
      await expect(reply).toContainText('I agree')
      await expect(reply).toContainText('to Reader 1')
      await expect(reply).toBeInViewport()

      await act(reply, /^Edit/)
      const edit = page.getByRole('form', { name: 'Edit your comment' })
      await edit.getByRole('link', { name: 'Cancel' }).click()
      await expect(edit).toHaveCount(0)
      const opener = reply.getByRole('link', { name: /^Edit/ })
      await expect(javaScriptEnabled ? opener : reply).toBeFocused()
      await act(reply, /^Edit/)
      const words = edit.getByRole('textbox')
      await expect(words).toHaveValue('I *agree*')
      await words.fill('I do not')
      await page.getByRole('button', { name: 'Save changes' }).click()
      await expect(reply).toContainText('I do not')
      await expect(reply).toContainText('edited')

      await letter(page, 'Reader 1')
        .getByRole('button', { name: /^Upvote/ })
        .click()
      await expect(letter(page, 'Reader 1').getByText('1 point')).toBeVisible()
      await expect(
        letter(page, 'Reader 1').getByRole('button', { name: /^Upvote/ }),
      ).toHaveAttribute('aria-pressed', 'true')
      await expect(page.getByText('0 People voted this article.')).toBeVisible()

      await open(page)
      await act(reply, /^Delete/)
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await expect(page.getByText('Comment deleted.')).toBeVisible()
      await expect(reply).toHaveCount(0)
      await open(page)
      await expect(page.getByText('2 comments')).toBeVisible()
    })

    test('the form that changes a letter opens for its writer alone', async ({ page, site }) => {
      const [comment] = await writeComments(site.origin, 1)
      for (const what of ['edit', 'delete']) {
        const path = `/comments?page=${comment!.id}&act=${what}`
        await (javaScriptEnabled ? openAwake(page, path) : page.goto(path))
        await expect(letter(page, 'Reader 1')).toBeVisible()
        await expect(page.getByRole('form', { name: /your comment/ })).toHaveCount(0)
      }
    })

    test('what was deleted keeps its place while there are replies', async ({ page, site }) => {
      await open(page)
      await write(page, 'Leave a reply', 'Ann', 'Soon gone')
      await expect(letter(page, 'Ann')).toBeVisible()
      const id = (await letter(page, 'Ann').getAttribute('id'))!.slice('comment-'.length)
      const answer = { name: 'Ben', text: 'Well', parent: id, key: crypto.randomUUID() }
      expect((await send(site.origin, answer)).status).toBe(201)
      await act(letter(page, 'Ann'), /^Delete/)
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await expect(letter(page, 'This comment was deleted.')).toBeVisible()
      await open(page)
      await expect(letter(page, 'This comment was deleted.')).not.toContainText('Soon gone')
      await expect(letter(page, 'Ben')).toContainText('Well')
    })

    test('a preview shows how the words will look, and keeps them in the form', async ({
      page,
    }) => {
      await open(page)
      await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
      const words = page.getByRole('textbox', { name: 'Comment' })
      await words.fill('So *true*')
      await page.getByRole('button', { name: 'Preview' }).click()
      const preview = page.getByRole('region', { name: 'Preview' })
      await expect(preview.locator('em')).toHaveText('true')
      await expect(words).toHaveValue('So *true*')
      await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Ann')
      await expect(page.getByText('0 comments')).toBeVisible()
      await page.getByRole('button', { name: 'Post comment' }).click()
      await expect(letter(page, 'Ann')).toContainText('So true')
    })

    test('a preview of an edit shows the new words, which are saved after', async ({ page }) => {
      await open(page)
      await write(page, 'Leave a reply', 'Ann', 'Mine')
      await act(letter(page, 'Ann'), /^Edit/)
      const form = page.getByRole('form', { name: 'Edit your comment' })
      await form.getByRole('textbox').fill('Mine, *mended*')
      await form.getByRole('button', { name: 'Preview' }).click()
      await expect(page.getByRole('region', { name: 'Preview' }).locator('em')).toHaveText('mended')
      await form.getByRole('button', { name: 'Save changes' }).click()
      await expect(letter(page, 'Ann')).toContainText('Mine, mended')
      await expect(form).toHaveCount(0)
    })

    test('a report is thanked for', async ({ page, site }) => {
      await writeComments(site.origin, 1)
      await open(page)
      await act(letter(page, 'Reader 1'), /^Report/)
      await page.getByRole('radio', { name: 'It is spam' }).check()
      await page.getByRole('textbox', { name: /^Details/ }).fill('An advertisement')
      await page.getByRole('button', { name: 'Report', exact: true }).click()
      await expect(page.getByText('Thank you. A moderator will review it.')).toBeVisible()
    })

    test('the best stand first when that is asked for', async ({ page, site }) => {
      const [one, , three] = await writeComments(site.origin, 3)
      await send(site.origin, { vote: 'up', comment: one!.id }, '/api/votes')
      await send(site.origin, { vote: 'down', comment: three!.id }, '/api/votes')
      await open(page)
      const names = page.getByRole('article').getByRole('heading')
      await expect(names).toHaveText(['Reader 3', 'Reader 2', 'Reader 1'])
      await page.getByRole('link', { name: 'Best' }).click()
      await expect(names).toHaveText(['Reader 1', 'Reader 3', 'Reader 2'])
      await page.getByRole('link', { name: 'Oldest' }).click()
      await expect(names).toHaveText(['Reader 1', 'Reader 2', 'Reader 3'])
    })

    test.describe('answering what has gone meanwhile', () => {
      test.use({ expectedNoise: [/status of 409/] })

      test('is told, and the words stay', async ({ page, site }) => {
        await open(page)
        await write(page, 'Leave a reply', 'Ann', 'Soon gone')
        await expect(letter(page, 'Ann')).toBeVisible()
        const id = (await letter(page, 'Ann').getAttribute('id'))!.slice('comment-'.length)
        const cookie = (await page.context().cookies())[0]!
        await page.goto(`/comments?page=${id}&act=reply#reply-${id}`)
        const deleted = await fetch(`${site.origin}/api/comments/${id}`, {
          method: 'DELETE',
          headers: { cookie: `${cookie.name}=${cookie.value}`, ...OWN_PAGE },
        })
        expect(deleted.status).toBe(200)
        // The form stays, and says whom it answers, when the page has heard of it.
        if (javaScriptEnabled) await expect(letter(page, 'This comment was deleted.')).toBeVisible()
        await write(page, 'Reply to Ann', 'Ben', 'Too late?')
        await expect(
          page.getByText(/The comment you are replying to no longer exists/),
        ).toBeVisible()
        const words = await page
          .locator('textarea')
          .evaluateAll((all) =>
            all.map((one) => (one as HTMLTextAreaElement).value).filter(Boolean),
          )
        expect(words).toEqual(['Too late?'])
        if (!javaScriptEnabled) return
        await page.getByRole('textbox', { name: 'Reply' }).pressSequentially(' It is.')
        // The place is gone by the next visit, and they wait in the form that is always there.
        await open(page)
        await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('Too late? It is.')
        await page.getByRole('button', { name: 'Post comment' }).click()
        await expect(letter(page, 'Ben')).toContainText('Too late? It is.')
      })
    })

    test.describe('deleting what has gone meanwhile', () => {
      test.use({ expectedNoise: [/status of 40[34]/] })

      test('is told as what it is', async ({ page, site }) => {
        await writeComments(site.origin, 1)
        await open(page)
        await write(page, 'Leave a reply', 'Ann', 'Mine')
        await expect(letter(page, 'Ann')).toBeVisible()
        await act(letter(page, 'Ann'), /^Delete/)
        await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeVisible()
        await page.context().clearCookies()
        await page.getByRole('button', { name: 'Delete', exact: true }).click()
        await expect(
          page.getByText('Only the author of a comment can edit or delete it.'),
        ).toBeVisible()
        await expect(page.getByText('Your comment was not posted.')).toHaveCount(0)
      })
    })

    test('a permalink opens the page that has the comment, below what it answers', async ({
      page,
      site,
    }) => {
      const [first] = await writeComments(site.origin, 60)
      const fields = { name: 'Ann', text: 'Well', parent: first!.id, key: crypto.randomUUID() }
      const reply = (await (await send(site.origin, fields)).json()) as { id: string }
      await page.goto(`/comments?page=${reply.id}#comment-${reply.id}`)
      await expect(letter(page, 'Ann')).toBeInViewport()
      await expect(page.getByRole('article').first()).toContainText('Reader 1')
    })
  })

test('every form and state at a comment is accessible', async ({ page, site }) => {
  await writeComments(site.origin, 1)
  await openComments(page)
  await write(page, 'Leave a reply', 'Ann', 'Mine')
  await expect(letter(page, 'Ann')).toBeVisible()
  for (const [name, what] of [
    ['Reader 1', /^Reply/],
    ['Ann', /^Edit/],
    ['Ann', /^Delete/],
    ['Reader 1', /^Report/],
  ] as const) {
    await act(letter(page, name), what)
    await expectAccessible(page)
  }
})

test('drafts of every form survive a reload, and go when their words are kept', async ({
  page,
  site,
}) => {
  await writeComments(site.origin, 1)
  await openComments(page)
  await write(page, 'Leave a reply', 'Ann', 'Mine')
  await expect(letter(page, 'Ann')).toBeVisible()
  await act(letter(page, 'Reader 1'), /^Reply/)
  await act(letter(page, 'Ann'), /^Edit/)
  const main = page.getByRole('form', { name: 'Leave a reply' }).getByLabel('Comment')
  const reply = page.getByRole('form', { name: 'Reply to Reader 1' }).getByLabel('Reply')
  const edit = page.getByRole('form', { name: 'Edit your comment' }).getByLabel('Comment')
  for (const [field, text] of [
    [main, 'a comment begun'],
    [reply, 'a reply begun'],
    [edit, 'an edit begun'],
  ] as const)
    await field.fill(text)

  await openComments(page)
  await expect(main).toHaveValue('a comment begun')
  await expect(reply).toHaveValue('a reply begun')
  // What was begun at another visit takes nobody to it.
  await expect(reply).not.toBeFocused()
  await act(letter(page, 'Ann'), /^Edit/)
  await expect(edit).toHaveValue('an edit begun')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByRole('button', { name: 'Post reply' }).click()
  await page.getByRole('button', { name: 'Post comment' }).click()
  await expect(page.getByText('3 comments')).toHaveCount(0)
  await expect(page.getByText('4 comments')).toBeVisible()
  await openComments(page)
  await expect(main).toHaveValue('')
  await expect(reply).toHaveCount(0)
  expect(await page.evaluate(() => Object.keys(localStorage).sort())).toEqual(['edition', 'name'])
})

test('a draft comes back on the comments’ own page, with the proof that it needs', async ({
  page,
}) => {
  await openAwake(page, '/comments')
  const main = page.getByRole('textbox', { name: 'Comment' })
  const proof = () => page.waitForRequest('**/proof-worker.js')
  await Promise.all([proof(), main.fill('a comment begun')])
  await Promise.all([proof(), openAwake(page, '/comments')])
  await expect(main).toHaveValue('a comment begun')
})

test('a comment whose answer was lost waits, and is one comment', async ({ page }) => {
  await openComments(page)
  // The answer never comes back: the browser crashed, or the network did.
  await page.route('**/api/comments', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch()
    await route.abort()
  })
  await page.getByRole('textbox', { name: 'Name' }).fill('Ann')
  await page.getByRole('textbox', { name: 'Comment' }).fill('Once')
  await page.getByRole('button', { name: 'Post comment' }).click()
  await expect(page.getByText('1 comment will be sent when you are back online.')).toBeVisible()
  await page.unrouteAll({ behavior: 'wait' })
  await openComments(page)
  await expect(page.getByText('Everything has been sent.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('')
  await expect(page.getByText('1 comment', { exact: true })).toBeVisible()
})
test.use({ expectedNoise: [/ERR_FAILED/] })

test('the story’s own address leads to a comment far down', async ({ page, site }) => {
  const [first] = await writeComments(site.origin, 60)
  await openAwake(page, `/#comment-${first!.id}`)
  await expect(letter(page, 'Reader 1')).toBeInViewport()
  await expect(letter(page, 'Reader 1')).toBeFocused()
})

for (const path of ['/', '/comments'])
  test(`what others do is heard of on ${path}, and moves nothing that is read`, async ({
    page,
    site,
  }) => {
    const [first] = await writeComments(site.origin, 2)
    await openComments(page, path)
    const top = letter(page, 'Reader 2')
    await top.scrollIntoViewIfNeeded()
    const place = await top.boundingBox()
    const answer = { name: 'Ben', text: 'Well', parent: first!.id, key: crypto.randomUUID() }
    await send(site.origin, answer)
    await send(site.origin, { name: 'Cem', text: 'New', key: crypto.randomUUID() })
    await send(site.origin, { vote: 'up' }, '/api/votes')
    await send(site.origin, { vote: 'up', comment: first!.id }, '/api/votes')
    await expect(page.getByText('1 Person voted this article.')).toBeVisible()
    await expect(letter(page, 'Reader 1').getByText('1 point')).toBeVisible()
    const more = page.getByRole('button', { name: '2 new comments' })
    await expect(more).toBeVisible()
    expect(await top.boundingBox()).toEqual(place)
    await expectAccessible(page)
    await more.click()
    await expect(letter(page, 'Cem')).toBeInViewport()
    await expect(page.getByRole('article').getByRole('heading', { level: 3 })).toHaveText([
      ...['Cem', 'Reader 2', 'Reader 1', 'Ben'],
    ])
    await expect(page.getByText('4 comments')).toBeVisible()
    await expect(more).toHaveCount(0)
  })

test('replying is done by keyboard alone', async ({ page, site }) => {
  await writeComments(site.origin, 1)
  await openComments(page)
  await letter(page, 'Reader 1')
    .getByRole('link', { name: /^Reply/ })
    .focus()
  await page.keyboard.press('Enter')
  const form = page.getByRole('form', { name: 'Reply to Reader 1' })
  await expect(form.getByRole('textbox', { name: 'Reply' })).toBeFocused()
  await page.keyboard.type('By keys')
  // The tools of the text stand between it and the name.
  await expect(form.getByRole('button', { name: 'Link' })).toBeVisible()
  const name = form.getByRole('textbox', { name: 'Name' })
  const isOnName = () => name.evaluate((field) => field === document.activeElement)
  for (let steps = 0; steps < 6 && !(await isOnName()); steps++)
    await page.keyboard.press('Shift+Tab')
  await expect(name).toBeFocused()
  await page.keyboard.type('Ann')
  await form.getByRole('button', { name: 'Post reply' }).focus()
  await page.keyboard.press('Space')
  await expect(letter(page, 'Ann')).toBeFocused()
  await expect(letter(page, 'Ann')).toContainText('By keys')
})

test('Escape puts a form away, leads back to what opened it, and keeps what was typed', async ({
  page,
  site,
}) => {
  await writeComments(site.origin, 1)
  await openComments(page)
  const opener = letter(page, 'Reader 1').getByRole('link', { name: /^Reply/ })
  await opener.focus()
  await page.keyboard.press('Enter')
  const form = page.getByRole('form', { name: 'Reply to Reader 1' })
  await expect(form.getByRole('textbox', { name: 'Reply' })).toBeFocused()
  await page.keyboard.type('Half a thought')
  // An extension may send keys to the document: an error there would fail this test.
  await page.evaluate(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })))
  await expect(form).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(form).toHaveCount(0)
  await expect(opener).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(form.getByRole('textbox', { name: 'Reply' })).toHaveValue('Half a thought')
})

test('a comment that has the focus by keyboard shows it', async ({ page, site }) => {
  await writeComments(site.origin, 1)
  await openComments(page)
  const comment = letter(page, 'Reader 1')
  await page.keyboard.press('Tab')
  await comment.evaluate((element) => element.focus())
  await expect(comment).toHaveCSS('outline-style', 'solid')
})
