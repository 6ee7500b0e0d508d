// Tests components/comments/, lib/server/serve-story.ts, components/ui/field.tsx, lib/browser/insert-markdown.ts, lib/i18n/dates.ts
import type { Page } from '@playwright/test'
import type { Comment } from '#lib/comments/comment.ts'
import { expectAccessible, expectAccessibleInLightAndDark } from '#tests/support/axe.ts'
import { test } from '#tests/support/moderation-site.ts'
import { expect, openAwake, openComments, OWN_PAGE } from '#tests/support/site.ts'

const SENTENCE = 'The text that is negotiated is never the text that is leaked, says the annex. '
const MIDDLE = SENTENCE.repeat(11)
const LONG = Array.from({ length: 8 }, (_, i) => `Part ${i}. ${SENTENCE.repeat(4)}`).join('\n\n')
const LIST = 'Three things:\n\n- who stores\n- who reads\n- who pays\n\n> Data flows\n\nNot so.'
const TEXTS = [SENTENCE.repeat(2), 'Well said.', LONG, LIST, SENTENCE.repeat(3), 'I agree.']

async function post(origin: string, text: string, parent?: string): Promise<Comment> {
  const response = await fetch(`${origin}/api/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE },
    body: JSON.stringify({ name: 'Ann', text, parent, key: crypto.randomUUID() }),
  })
  expect(response.status).toBe(201)
  return (await response.json()) as Comment
}

/** Writes 30 comments of all kinds, in ten threads. */
async function converse(origin: string): Promise<void> {
  let parent: string | undefined
  for (let i = 0; i < 30; i++) {
    const text = `${TEXTS[i % TEXTS.length]!} (${i})`
    parent = (await post(origin, text, i % 3 ? parent : undefined)).id
  }
}

const heightOf = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((elements) => {
    const boxes = elements.map((element) => element.getBoundingClientRect())
    return Math.max(...boxes.map(({ bottom }) => bottom)) - boxes[0]!.top
  })

test('30 comments are half as tall as they were, and lines show who answers whom', async ({
  page,
  site,
}) => {
  await converse(site.origin)
  for (const [width, most] of [
    [1280, 5_500],
    [360, 6_500],
  ] as const) {
    await page.setViewportSize({ width, height: 800 })
    await openComments(page, '/comments')
    expect(await heightOf(page, '.comment'), `${width}`).toBeLessThan(most)
    await expectAccessible(page, `folded, ${width}`)
  }
  for (const [dir, side] of [
    ['ltr', 'left'],
    ['rtl', 'right'],
  ] as const) {
    await page.evaluate((dir) => (document.documentElement.dir = dir), dir)
    const lines = await page.locator('.comment').evaluateAll(
      (comments, side) =>
        comments.map((comment) => {
          const { top, bottom, left, right } = comment.getBoundingClientRect()
          const line = getComputedStyle(comment).getPropertyValue(`border-${side}-width`)
          return { top, bottom, edge: side === 'left' ? left : right, line }
        }),
      side,
    )
    const [, reply, answer] = lines
    expect([reply!.line, answer!.line], dir).toEqual(['1px', '1px'])
    expect([answer!.top, answer!.edge], dir).toEqual([reply!.bottom, reply!.edge])
  }
})

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    // The status of a form that is refused.
    test.use({ javaScriptEnabled, expectedNoise: [/status of 422/] })
    const open = (page: Page, path = '/comments') =>
      javaScriptEnabled ? openComments(page, path) : page.goto(path)

    test('a long comment is folded after twelve lines, and all of it is a press away', async ({
      page,
      site,
    }) => {
      const long = await post(site.origin, `${LONG}\n\n[The annex](https://example.org/annex)`)
      await post(site.origin, MIDDLE)
      await post(site.origin, 'Short')
      const [short, middle, folded] = [0, 1, 2].map((i) => page.locator('.comment').nth(i))
      const more = folded!.getByText('Whole comment')
      const last = folded!.getByRole('link', { name: /^The annex/ })
      await page.setViewportSize({ width: 360, height: 800 })
      await open(page)
      await expect(middle!.getByText('Whole comment')).toBeVisible()
      await page.setViewportSize({ width: 1280, height: 800 })
      // It is not only out of sight where nothing is hidden: nothing stops there.
      await expect(middle!.getByText('Whole comment')).toBeHidden()
      await expect(short!.locator('details')).toHaveCount(0)
      expect((await folded!.locator('.fold').boundingBox())!.height).toBe(12 * 24 + 44)
      // Screen readers have all of it.
      await expect(folded!).toHaveText(/Part 7\. The text/)
      if (javaScriptEnabled) await expectAccessible(page, 'folded')

      await more.focus()
      await page.keyboard.press('Enter')
      await expect
        .poll(async () => {
          const { y, height } = (await last.boundingBox())!
          return y + height - (await folded!.locator('footer').boundingBox())!.y
        })
        .toBeLessThan(10)
      if (javaScriptEnabled) await expectAccessible(page, 'unfolded')
      await more.click()
      const foldHeight = async () => (await folded!.locator('.fold').boundingBox())!.height
      await expect.poll(foldHeight).toBe(12 * 24 + 44)

      // A link that has the focus is seen.
      await last.focus()
      await expect.poll(foldHeight).toBeGreaterThan(400)
      await open(page, `/comments?page=${long.id}#comment-${long.id}`)
      const opened = page.locator('.comment').first().locator('.fold')
      expect((await opened.boundingBox())!.height).toBeGreaterThan(400)
      await open(page)
      await page.emulateMedia({ media: 'print' })
      expect((await folded!.locator('.fold').boundingBox())!.height).toBeGreaterThan(400)
      await expect(more).toBeHidden()
    })

    test('a report without a reason is asked for one, in our words', async ({ page, site }) => {
      await post(site.origin, 'Hello')
      await open(page)
      await page.getByRole('link', { name: /^Report/ }).click()
      await page.getByRole('textbox', { name: /^Details/ }).fill('An advertisement')
      await page.getByRole('button', { name: 'Report', exact: true }).click()
      await expect(page.getByRole('alert')).toHaveText('Please choose a reason.')
      await expect(page.getByRole('textbox', { name: /^Details/ })).toHaveValue('An advertisement')
      if (javaScriptEnabled)
        await expect(page.getByRole('radio', { name: 'It is spam' })).toBeFocused()
      await page.getByRole('radio', { name: 'It is spam' }).check()
      await page.getByRole('button', { name: 'Report', exact: true }).click()
      await expect(page.getByText('Thank you. A moderator will review it.')).toBeVisible()
    })

    test('where comments are closed at the desk the story has no form, and says so', async ({
      page,
      store,
      site,
    }) => {
      const story = async () => (await fetch(site.origin)).text()
      expect(await story()).toContain('id="leave-a-reply"')
      await store.setCommentState('closed', 'Mia')
      await expect.poll(story).not.toContain('id="leave-a-reply"')
      expect(await story()).toContain('Comments are closed.')
      await (javaScriptEnabled ? openComments(page) : page.goto('/'))
      await expect(page.getByText('Comments are closed.')).toHaveCount(1)
      await expect(page.locator('#leave-a-reply')).toHaveCount(0)
      await store.setCommentState('article', 'Mia')
      await expect.poll(story).toContain('id="leave-a-reply"')
    })

    test('what helps to write is seen while one writes, and heard with the field', async ({
      page,
    }) => {
      await open(page)
      const field = page.getByRole('textbox', { name: 'Comment' })
      const help = page.getByText(/^You can use/)
      await expect(help).toHaveCSS('opacity', '0')
      await expect(field).toHaveAccessibleDescription(/^You can use \*italic\*/)
      await field.focus()
      await expect(help).toHaveCSS('opacity', '1')
      await expect(page.locator('#leave-a-reply')).toHaveCSS('border-top-width', '0px')
      await expect(page.getByRole('heading', { name: 'Leave a reply' })).toHaveCount(0)
    })

    test('what is wrong has a mark and a bar, in ink, and the focus need not be there', async ({
      page,
    }) => {
      await open(page)
      await page.getByRole('button', { name: 'Post comment' }).click()
      const ink = await page.evaluate(() => getComputedStyle(document.body).color)
      for (const text of ['Please enter your name.', 'Please write a comment.']) {
        const problem = page.getByText(text)
        await expect(problem).toBeVisible()
        await expect(problem).toHaveCSS('color', ink)
        await expect(problem).toHaveCSS('border-left-width', '4px')
        const mark = problem.evaluate((element) => getComputedStyle(element, '::before').content)
        expect(await mark).toContain('"!"')
      }
      if (javaScriptEnabled) await expectAccessibleInLightAndDark(page, 'with errors')
    })
  })

test('how long ago is said, goes on while it is read, and moves nothing', async ({
  page,
  site,
}) => {
  const { createdAt } = await post(site.origin, 'Hello')
  await page.clock.install()
  await openComments(page, '/comments')
  const time = page.locator('.comment time')
  await expect(time).toHaveText('now')
  await expect(time).toHaveAttribute('datetime', new Date(createdAt).toISOString())
  await expect(time).toHaveAttribute('title', /^\w+ \d+, \d{4} at \d+:\d\d [AP]M UTC$/)
  const box = await time.boundingBox()
  await page.clock.fastForward('59:30')
  await expect(time).toHaveText('59 minutes ago')
  expect(await time.boundingBox()).toEqual(box)
  await page.clock.fastForward('03:00:00')
  await expect(time).toHaveText('3 hours ago')
})

test.describe('on a screen that is touched', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } })

  test('the tools of a form are there once it is written in, and format what is selected', async ({
    page,
  }) => {
    await openAwake(page, '/comments')
    const field = page.getByRole('textbox', { name: 'Comment' })
    const tools = page.getByRole('group', { name: 'Formatting' })
    await expect(tools).toHaveCount(0)
    const place = () => field.evaluate((area) => area.getBoundingClientRect().top + scrollY)
    const before = await place()
    await field.focus()
    await tools.waitFor()
    // They have had their room.
    expect(await place()).toBe(before)
    for (const tool of await tools.getByRole('button').all()) {
      const { width, height } = (await tool.boundingBox())!
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
    }
    await expectAccessibleInLightAndDark(page, 'with tools')

    await page.keyboard.type('Read this')
    await field.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(5, 9))
    await page.keyboard.press('Shift+Tab')
    await expect(tools.getByRole('button', { name: 'Link' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(field).toBeFocused()
    await page.keyboard.type('https://example.org')
    await expect(field).toHaveValue('Read [this](https://example.org)')
    await tools.getByRole('button', { name: 'Bold' }).click()
    await page.keyboard.type('now')
    await expect(field).toHaveValue('Read [this](https://example.org**now**)')
    const draft = () => page.evaluate(() => localStorage.getItem('draft-comment'))
    expect(await draft()).toContain('**now**')
    for (let i = 0; i < 40 && (await field.inputValue()) !== 'Read this'; i++)
      await page.keyboard.press('Control+z')
    await expect(field).toHaveValue('Read this')

    await field.fill('Said before')
    await tools.getByRole('button', { name: 'Quote' }).click()
    await expect(field).toHaveValue('> Said before')
    expect(await draft()).toContain('> Said before')
  })
})

test('a vote in one tab shows in the other, on the story and on a comment', async ({
  page,
  context,
  site,
}) => {
  await post(site.origin, 'Hello')
  const other = await context.newPage()
  await openComments(page)
  await openComments(other)
  for (const name of ['Upvote', 'Upvote the comment by Ann']) {
    await page.getByRole('button', { name, exact: true }).click()
    const there = other.getByRole('button', { name, exact: true })
    await expect(there).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('button', { name, exact: true }).click()
    await expect(there).toHaveAttribute('aria-pressed', 'false')
  }
})
