// Tests components/islands.ts
import { openFirefox } from '#tests/support/firefox.ts'
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
      await expect.poll(text).toContain('1 Person voted this article. 1 Upvotes - 0 Downvotes.')
      await page.click('#comment-name')
      await page.read('document.querySelector("#comment-name").value = ""')
      await page.type('Ann')
      await page.click('#comment-text')
      await page.type(`Words by the way of ${path}`)
      await page.click('#leave-a-reply button:not([value])')
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
