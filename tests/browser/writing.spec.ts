// Tests components/reading/changes-since-visit.tsx, lib/browser/reading/last-visit.ts, scripts/build.ts
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { makePictures } from '#lib/publishing/responsive-images.ts'
import { serveStory } from '#tests/support/serve-story.ts'
import { expect, openAwake, test } from '#tests/support/site.ts'

const NOTED = `The first passage of the story, with a note.[^1]

[^1]: What the *note* says.
`

const STORY = `The first passage of the story, with a note.[^1]

> [!QUOTE]
> The first passage of the story

![A red harbour](/harbour.jpg "The harbour. | B. Photo")

${'Some more to read in it. '.repeat(60)}

![The same, further down](/harbour.jpg)

The end of the story.

[^1]: What the *note* says.
`

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('a story’s pictures come in the best format, and its notes open in place', async ({
    page,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'broadside-pictures-'))
    await sharp({ create: { width: 900, height: 600, channels: 3, background: '#a33' } }).toFile(
      join(folder, 'harbour.jpg'),
    )
    const made = join(folder, 'made')
    const pictures = await makePictures(['/harbour.jpg'], folder, made, join(folder, 'list.json'))
    await serveStory(page, STORY, pictures)
    const loaded: string[] = []
    await page.route('**/_next/static/media/*', async (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1)!
      loaded.push(name)
      await route.fulfill({ body: await readFile(join(made, name)), contentType: `image/avif` })
    })
    await page.setViewportSize({ width: 360, height: 640 })
    await page.goto('/story-of-ours')

    const first = page.getByRole('img', { name: 'A red harbour' })
    await expect
      .poll(() => first.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)
    expect(loaded).toEqual([expect.stringMatching(/^harbour-[\da-f]{16}-400\.avif$/)])
    const { width, height } = (await first.boundingBox())!
    expect(width / height).toBeCloseTo(1.5, 1)
    await expect(page.getByRole('figure').first()).toHaveText('The harbour. B. Photo')
    await expect(page.getByRole('complementary').filter({ hasText: 'The first' })).toHaveCount(0)

    const reference = page.getByRole('button', { name: '1', exact: true })
    const note = page.locator('.footnote')
    await reference.scrollIntoViewIfNeeded()
    const place = await page.evaluate(() => window.scrollY)
    await expect(note).toBeHidden()
    await reference.focus()
    await page.keyboard.press('Enter')
    await expect(note).toBeVisible()
    await expect(note).toHaveText('What the note says.', { useInnerText: true })
    const beside = (await note.boundingBox())!
    const mark = (await reference.boundingBox())!
    expect(beside.y - mark.y).toBeLessThan(60)
    expect(beside.x).toBeGreaterThanOrEqual(0)
    expect(beside.x + beside.width).toBeLessThanOrEqual(360)
    expect(await page.evaluate(() => window.scrollY)).toBe(place)
    await page.keyboard.press('Escape')
    await expect(note).toBeHidden()
    await expect(reference).toBeFocused()

    await page.locator('.footnotes').getByRole('link', { name: 'Back to the text' }).click()
    await expect(page).toHaveURL(/#Note-1-reference$/)
    await expect(reference).toBeInViewport()
    await rm(folder, { recursive: true })
  })

  test('no line begins with the number of a note', async ({ page }) => {
    await serveStory(page, NOTED)
    await page.goto('/story-of-ours')
    const begun = await page.locator('.footnote-reference').evaluate((reference) => {
      const paragraph = reference.closest('p')!
      const before = document.createRange()
      before.selectNodeContents(reference.previousSibling!)
      return Array.from({ length: 200 }, (_, index) => 150 + index).filter((width) => {
        paragraph.style.width = `${width}px`
        const { bottom } = [...before.getClientRects()].at(-1)!
        return reference.querySelector('button')!.getBoundingClientRect().top > bottom
      })
    })
    expect(begun).toEqual([])
  })

  test('the columns of a table stand as they were written', async ({ page }) => {
    await serveStory(page, '| a | b | c |\n| :-- | :-: | --: |\n| 1 | 2 | 3 |\n')
    await page.goto('/story-of-ours')
    for (const [column, side] of ['left', 'center', 'right'].entries())
      for (const cell of await page.locator(`.story :nth-child(${column + 1}):is(th, td)`).all())
        await expect(cell).toHaveCSS('text-align', side)
  })

  test('a wide table has columns of words and is scrolled by keys', async ({ page }) => {
    const words = 'A sentence of some length about a ship, its owner and the port that it left'
    await serveStory(
      page,
      `| a | b | c | d |\n| - | - | - | - |\n| ${words} | ${words} | ${words} | 12 |\n`,
    )
    await page.setViewportSize({ width: 360, height: 800 })
    await page.goto('/story-of-ours')
    const [first, , , number] = await page.locator('.story td').all()
    expect((await first!.boundingBox())!.width).toBeGreaterThanOrEqual(144)
    expect((await number!.boundingBox())!.width).toBeLessThan(100)
    await expect(number!).toHaveCSS('font-variant-numeric', 'lining-nums tabular-nums')
    const table = page.locator('.story table')
    await table.focus()
    await expect(table).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => table.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  })

  for (const [name, end] of Object.entries({
    paragraph: 'End.',
    list: '- End.',
    table: '| a |\n| - |\n| b |',
    code: '```\nend\n```',
    heading: '## End',
    picture: '![A sign](/icon.svg)',
    box: '> [!NOTE]\n> End.',
    fold: '<details open><summary>a</summary>b</details>',
    noted: 'End[^1].\n\n[^1]: A note.',
  }))
    test(`the end mark stands after a ${name}`, async ({ page }) => {
      await serveStory(page, `One.\n\n${end}\n`)
      await page.goto('/story-of-ours')
      const marks = await page.locator('.story, .story *').evaluateAll((elements) =>
        elements
          .filter((element) => {
            const { content, borderTopStyle } = getComputedStyle(element, '::after')
            return content === '""' && borderTopStyle === 'solid'
          })
          .map((element) => element.closest('.footnotes') === null),
      )
      expect(marks).toEqual([true])
    })

  test('a picture within a paragraph stands in its line, and one alone on lines of its own', async ({
    page,
  }) => {
    const made = { '/icon.svg': { src: '/icon.svg', width: 24, height: 24, sources: [] } }
    const sign = '![A sign](/icon.svg)'
    await serveStory(page, `One.\n\nBefore ${sign} after.\n\n${sign}\n\nThe end.`, made)
    await page.goto('/story-of-ours')
    expect((await page.getByText('Before').boundingBox())!.height).toBe(30)
    await expect(page.getByRole('figure').getByRole('img')).toHaveCSS('display', 'block')
  })

  test('on paper everything is whole, and what only leads about the screen is gone', async ({
    page,
  }) => {
    const long = 'a long line that goes on '.repeat(20)
    const cells = `| ${'Unbreakable'.repeat(9)} `.repeat(3)
    const source =
      '<p><a class="flex" href="https://example.org/report" data-host="example.org">The report</a></p>'
    await serveStory(
      page,
      `${NOTED}\n\`\`\`\n${long}\n\`\`\`\n\n${cells}|\n${'| --- '.repeat(3)}|\n`,
      {},
      source,
    )
    await page.setViewportSize({ width: 700, height: 1000 })
    await page.goto('/story-of-ours')
    await page.emulateMedia({ media: 'print' })
    for (const wide of await page.locator('.story :is(pre, table)').all())
      expect(
        await wide.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
      ).toBeLessThanOrEqual(0)
    await expect(page.getByRole('link', { name: 'Back to the text' })).toHaveCount(0)
    // As a box of its own, the address would stand beside the words without a space.
    await expect(page.getByRole('link', { name: 'The report' })).toHaveCSS('display', 'inline')
  })

  test('two pictures fit on a sheet', async ({ page }) => {
    await serveStory(page, '![A tall tree](/icon.svg)\n')
    await page.setViewportSize({ width: 700, height: 500 })
    await page.goto('/story-of-ours')
    await page.emulateMedia({ media: 'print' })
    const { width, height } = (await page.getByRole('img', { name: 'A tall tree' }).boundingBox())!
    expect(height).toBe(200)
    expect(width).toBe(200)
  })
})

test('who comes back is shown what has changed, and nothing moves for it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openAwake(page)
  const kept = () => page.evaluate(() => localStorage.getItem('edition'))
  await expect.poll(kept).not.toBeNull()
  await expect(page.getByText('Changed since')).toBeHidden()
  await page.evaluate(() => {
    const edition = JSON.parse(localStorage.getItem('edition')!) as {
      passages: string[]
      at: number
    }
    edition.passages[3] = 'other-words'
    localStorage.setItem('edition', JSON.stringify({ ...edition, at: Date.UTC(2026, 1, 27, 12) }))
  })
  await page.addInitScript(() => {
    Object.assign(window, { shifts: [] })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) (window as never as Shifts).shifts.push(entry.toJSON())
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await openAwake(page)
  const notice = page.getByText('Changed since your visit on February 27, 2026: 1 passage')
  await expect(notice).toBeVisible()
  expect(await page.evaluate(() => (window as never as Shifts).shifts)).toEqual([])
  await notice.click()
  await page.getByRole('link', { name: /^An internal memo/ }).click()
  const passage = page.locator('.changed')
  await expect(passage).toHaveText(/^An internal memo/)
  await expect(passage).toBeInViewport()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(notice).toBeHidden()
  await expect(passage).toHaveCount(0)

  await openAwake(page)
  await expect(page.getByText('Changed since')).toBeHidden()
})
type Shifts = { shifts: unknown[] }

test('advice to the publisher is nowhere in what readers are sent', async () => {
  const files = await readdir('.next/static', { recursive: true })
  const scripts = files.filter((file) => file.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(5)
  for (const file of [
    ...scripts.map((file) => join('.next/static', file)),
    '.next/documents/index.html',
  ])
    expect(await readFile(file, 'utf8'), file).not.toContain('npm run check')
})
