// Tests lib/story/footnotes.ts, lib/story/callouts.ts, app/styles/notes.css
import { expectAccessibleInLightAndDark } from '#tests/support/axe.ts'
import { serveStory } from '#tests/support/serve-story.ts'
import { expect, test } from '#tests/support/site.ts'

const LONG = 'which goes on and on, '.repeat(20)
const STORY = `> [!KEY]
> - It is so[^key].
> - It is not otherwise.

The first passage[^one] of the story has two notes[^two], and it goes on for a while, so that its lines are full.

## A heading[^heading] with a note

> [!QUOTE]
> It goes on for a while

A short one[^long].

Another[^short].

![A picture](/icon.svg "The caption")

- An item[^item]
- Another[^second], with one of its own
  - Nested[^nested]

> A quote[^quote].

| One[^cell] | Two |
| --- | --- |
| 1 | 2 |

> [!NOTE]
> A box[^box].

As was said before[^one], this is the last[^last].

[^key]: Of a point.
[^one]: The *first*.
[^two]: The second, as [reported](https://example.org/report).
[^heading]: Of the heading.
[^long]: Long, ${LONG}

    and of two paragraphs.
[^short]: Short.
[^item]: Of an item.
[^second]: Of another, as in[^other].
[^nested]: Of a nested one.
[^quote]: Of a quote.
[^cell]: Of a cell.
[^box]: Of a box.
[^other]: Of a note.
[^last]: The last, ${LONG}
`
const NOTES = 14

for (const direction of ['ltr', 'rtl'] as const)
  test(`notes stand beside the text where there is room, clear of all else, ${direction}`, async ({
    page,
  }) => {
    await serveStory(page, STORY, {}, '', direction)
    await page.goto('/story-of-ours')
    const notes = page.locator('.story .footnote')
    for (const width of [1024, 1280, 1366, 1920]) {
      await page.setViewportSize({ width, height: 800 })
      await expect(notes.filter({ visible: true })).toHaveCount(NOTES)
      await expect(page.getByRole('heading', { name: 'Footnotes' })).toHaveCount(0)
      await expect(page.getByRole('button', { name: '1', exact: true })).toHaveCount(0)
      const { overlaps, aside, below, sideways } = await page.evaluate(measure)
      expect(overlaps, `${width}`).toEqual([])
      expect(sideways, `${width}`).toBe(0)
      // On the first line of its paragraph, unless others stand there.
      expect(aside, `${width}`).toBeLessThan(12)
      expect(below, `${width}`).toBe(true)
    }
    for (const width of [320, 360, 768]) {
      await page.setViewportSize({ width, height: 800 })
      await expect(notes.filter({ visible: true })).toHaveCount(0)
      await expect(page.getByRole('heading', { name: 'Footnotes' })).toBeVisible()
      expect((await page.evaluate(measure)).sideways, `${width}`).toBe(0)
    }
  })

/** Measures rectangles of what stands in the margin against each other and against the text. */
function measure() {
  const visible = [
    ...document.querySelectorAll(
      '.footnote, .pull-quote, .story :is(p, li, h2, td, img, figcaption), #votes, #byline',
    ),
  ].filter((element) => element.checkVisibility())
  const isBeside = (element: Element) =>
    element.matches('.footnote, .pull-quote') || !!element.closest('figcaption')
  const overlaps: string[] = []
  for (const one of visible.filter(isBeside))
    for (const other of visible) {
      if (one === other || one.contains(other) || other.closest('.footnote')) {
        if (!isBeside(other) || one === other) continue
      }
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        overlaps.push(`${one.textContent.slice(0, 20)} / ${other.textContent.slice(0, 20)}`)
    }
  const top = (element: Element) => element.getBoundingClientRect().top
  const note = document.querySelector('#Note-2-beside')!
  const last = document.querySelector('#Note-13-beside')!
  return {
    overlaps,
    aside: Math.abs(top(note) - top(note.nextElementSibling!.nextElementSibling!)),
    below: last.getBoundingClientRect().bottom < top(document.querySelector('#votes')!),
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }
}

test('a caption begins beside its picture where there is room, else below it', async ({ page }) => {
  await serveStory(page, STORY)
  await page.goto('/story-of-ours')
  for (const width of [320, 768, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 })
    const rect = (selector: string) =>
      page.locator(selector).evaluate((element) => element.getBoundingClientRect().toJSON())
    const [picture, caption] = [await rect('figure img'), await rect('figcaption')]
    const text = await rect('.story')
    if (width < 1024) {
      expect(caption.top, `${width}`).toBeGreaterThanOrEqual(picture.bottom)
      expect(caption.left, `${width}`).toBe(picture.left)
    } else {
      expect(caption.left, `${width}`).toBeGreaterThan(text.right)
      // Unless a note stands there.
      expect(caption.top - picture.top, `${width}`).toBeLessThan(400)
      expect(caption.top, `${width}`).toBeGreaterThanOrEqual(picture.top)
    }
  }
})

for (const [width, address] of [
  [360, '#Note-2-beside'],
  [360, '#Note-2'],
  [1280, '#Note-2'],
  [1280, '#Note-2-beside'],
] as const)
  test(`the address ${address} leads to what is shown at ${width} px`, async ({ page }) => {
    await serveStory(page, STORY)
    await page.setViewportSize({ width, height: 800 })
    await page.goto(`/story-of-ours${address}`)
    await expect(page.locator(address)).toBeInViewport()
    await expect(page.locator(address)).toContainText('The first.')
    expect((await page.evaluate(measure)).sideways).toBe(0)
  })

test('on wide screens a number leads to its note, and the note’s number back', async ({ page }) => {
  await serveStory(page, STORY)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto('/story-of-ours')
  const reference = page.locator('#Note-2-reference').getByRole('link')
  await reference.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#Note-2-beside$/)
  const note = page.getByRole('note').filter({ hasText: 'The first' })
  await expect(note).toBeInViewport()
  await page.keyboard.press('Tab')
  const back = note.getByRole('link', { name: '2: Back to the text' })
  await expect(back).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#Note-2-reference$/)
  await expect(reference).toBeInViewport()
})

for (const width of [360, 1280])
  test(`axe finds nothing in notes and boxes at ${width}`, async ({ page }) => {
    await serveStory(page, STORY)
    await page.setViewportSize({ width, height: 800 })
    await page.goto('/story-of-ours')
    await expectAccessibleInLightAndDark(page, 'notes and boxes')
  })

test('key points before the story leave its first paragraph the drop capital', async ({ page }) => {
  await serveStory(page, STORY)
  await page.goto('/story-of-ours')
  const weight = (element: Element) =>
    getComputedStyle(element, '::first-letter').getPropertyValue('initial-letter')
  expect(await page.getByText('The first passage').evaluate(weight)).not.toBe('normal')
  expect(await page.getByText('It is so').evaluate(weight)).toBe('normal')
})

test('a story of one line ends below its drop capital', async ({ page }) => {
  await serveStory(page, 'One line is enough.\n', {}, '<p>What stands below.</p>')
  await page.goto('/story-of-ours')
  const story = (await page.locator('.story').boundingBox())!
  expect(story.height).toBeGreaterThan(80)
  const below = (await page.getByText('What stands below.').boundingBox())!
  expect(below.y).toBeGreaterThanOrEqual(story.y + story.height)
})
