// Tests components/islands.ts
import type { CommentPage } from '#lib/comments/comment.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }
import messages from '#messages/comments.json' with { type: 'json' }
import { KEYS, openFirefox } from '#tests/support/firefox.ts'
import { expect, test, writeComments } from '#tests/support/site.ts'

test('in Firefox a reader reads, votes and writes, and nothing is said on the console', async ({
  site,
}) => {
  await writeComments(site.origin, 2)
  const page = await openFirefox()
  try {
    const text = () => page.read<string>('document.body.innerText')
    for (const path of ['/', '/comments']) {
      await page.open(site.origin + path)
      const before = (await text()).length
      expect(before).toBeGreaterThan(path === '/' ? 3_000 : 400)
      // As a translator or an extension does, before the islands come.
      await page.read('document.body.prepend(document.createElement("div"))')
      await page.click('#votes button')
      await expect.poll(text).toContain('1 Person voted this article. 1 Upvote - 0 Downvotes.')
      await page.click('#comment-name')
      await page.read('document.querySelector("#comment-name").value = ""')
      await page.type('Ann')
      await page.click('#comment-text')
      await page.type(`Words by the way of ${path}`)
      await page.click('#leave-a-reply button:not([value], [type=button])')
      await expect.poll(text).toContain(`Words by the way of ${path}`)
      await expect.poll(() => page.read('document.querySelector("#comment-text").value')).toBe('')
      expect((await text()).length).toBeGreaterThanOrEqual(before)
      await page.click('#votes button')
      await expect.poll(text).toContain('0 People voted this article.')
      await expect
        .poll(async () => (await fetch(`${site.origin}/api/votes`)).json())
        .toMatchObject({ up: 0 })
    }
    expect(page.noise).toEqual([])
  } finally {
    await page.close()
  }
})

test('in Firefox a reader comments and replies by keys alone, on a narrow page and a wide one', async ({
  site,
}) => {
  await writeComments(site.origin, 1)
  const page = await openFirefox()
  const text = () => page.read<string>('document.body.innerText')
  /** Reads how many pixels the page is too wide for its window. */
  const overflow = () =>
    page.read<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  /** Types a name where none is remembered, then a text, and sends both. */
  const write = async (words: string, isBackwards: boolean, button: string) => {
    await page.tabTo('element.name === "name"', isBackwards)
    if (await page.read<boolean>('document.activeElement.value === ""')) await page.type('Ann')
    await page.tabTo('element.name === "text"')
    await page.type(words)
    await page.tabTo(`element.textContent === ${JSON.stringify(button)}`)
    await page.type(KEYS.Enter)
    await expect.poll(text).toContain(words)
    await expect.poll(() => page.read('document.activeElement.name')).not.toBe('text')
  }
  try {
    for (const width of [360, 1280]) {
      await page.resize(width)
      for (const path of ['/', '/comments']) {
        await page.open(site.origin + path)
        expect(await overflow(), path).toBe(0)
      }
      await page.tabTo('element.id === "comment-name"')
      await write(`Written at ${width}`, false, messages.button)
      await page.open(`${site.origin}/comments`)
      await page.tabTo('element.matches(\'a[href*="act=reply"]\')')
      await page.type(KEYS.Enter)
      await expect.poll(() => page.read('document.activeElement.name')).toBe('text')
      await write(`A reply at ${width}`, true, actionMessages.postReply)
      expect(await overflow()).toBe(0)
    }
    const answer = await fetch(`${site.origin}/api/comments?sort=oldest`)
    const { comments } = (await answer.json()) as CommentPage
    expect(comments.filter(({ name }) => name === 'Ann').map(({ text }) => text)).toHaveLength(4)
    expect(comments.filter(({ parent }) => parent)).toHaveLength(2)
    expect(page.noise).toEqual([])
  } finally {
    await page.close()
  }
})
