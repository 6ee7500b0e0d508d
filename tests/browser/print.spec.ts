// Tests app/styles/print.css, lib/story/link-host.ts
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { needProgram } from '#scripts/testing/program.ts'
import { serveStory } from '#tests/support/serve-story.ts'
import { expect, test } from '#tests/support/site.ts'

const count = (length: number, text: (index: number) => string) =>
  Array.from({ length }, (_, index) => text(index)).join('\n')

const STORY = `The story begins.

It was reported by [the paper](https://www.example.org/a/long/address) first.[^a]

![A tall tree](/tall.png "The tree.")

> [!KEY]
> - A point, ${'and more of it '.repeat(12)}

${count(30, (index) => `### Head${index}\n\nText${index} ${'goes on for a while '.repeat(3 * (1 + (index % 5)))}\n`)}

| Name | Law |
| --- | --- |
${count(60, (index) => `| First${index} | ${'A long name of a law '.repeat(3)} Last${index} |`)}

[^a]: What the note says, ${'and says again '.repeat(12)}
`

/** Text on paper: each page's lines, parts of which stand in columns. */
function pagesOf(pdf: string): string[] {
  const text = execFileSync(needProgram('pdftotext', 'poppler-utils'), ['-layout', pdf, '-'])
  return text.toString().replaceAll('\u2060', '').split('\f').slice(0, -1)
}

/** Heights of the pictures, as parts of a sheet of A4. */
function pictureHeights(pdf: string): number[] {
  const list = execFileSync(needProgram('pdfimages', 'poppler-utils'), ['-list', pdf]).toString()
  return list
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.trim().split(/\s+/))
    .map((columns) => Number(columns[4]) / Number(columns[13]) / 11.69)
}

test('paper tears nothing that belongs together, and has lines for reading', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-print-'))
  const pdf = join(folder, 'story.pdf')
  const tree = await sharp({ create: { width: 300, height: 900, channels: 3, background: '#3a3' } })
    .png()
    .toBuffer()
  await page.route('**/tall.png', (route) =>
    route.fulfill({ body: tree, contentType: 'image/png' }),
  )
  await serveStory(page, STORY)
  await page.goto('/story-of-ours')
  await expect
    .poll(() =>
      page
        .getByRole('img', { name: 'A tall tree' })
        .evaluate((image: HTMLImageElement) => image.naturalHeight),
    )
    .toBe(900)
  await page.pdf({
    path: pdf,
    format: 'A4',
    margin: { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' },
  })
  const pages = pagesOf(pdf)
  const pageOf = (word: string) => pages.findIndex((text) => new RegExp(`\\b${word}\\b`).test(text))

  expect(pages.length).toBeGreaterThan(3)
  for (let index = 0; index < 30; index++)
    expect(pageOf(`Text${index}`), `heading ${index}`).toBe(pageOf(`Head${index}`))
  for (let index = 0; index < 60; index++)
    expect(pageOf(`Last${index}`), `row ${index}`).toBe(pageOf(`First${index}`))
  const withRows = pages.filter((text) => /\bFirst\d/.test(text))
  expect(withRows.length).toBeGreaterThan(1)
  for (const text of withRows) expect(text).toMatch(/^\s*Name\s+Law$/m)
  expect(pageOf('synthetic mind')).toBe(pageOf('a story'))

  const lines = pages
    .join('\n')
    .split('\n')
    .flatMap((line) => line.trim().split(/ {3,}/))
  expect(lines.filter((line) => line.length > 75)).toEqual([])
  expect(pictureHeights(pdf)).toEqual([expect.closeTo(0.4, 1)])
  expect(Math.max(...pictureHeights(pdf))).toBeLessThan(0.45)

  const all = pages.join(' ').replace(/\s+/g, ' ')
  expect(all).toContain('the paper (example.org)')
  expect(all).not.toContain('https://')
  expect(all.match(/What the note says/g)).toHaveLength(1)
  expect(pageOf('Footnotes')).toBe(pageOf('What the note says'))
  await rm(folder, { recursive: true })
})
