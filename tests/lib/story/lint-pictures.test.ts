// Tests lib/story/lint-pictures.ts, lib/story/inspect-picture.ts
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ContentError } from '#lib/story/content.ts'
import { lintContent } from '#lib/story/lint.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-lint-'))
  await mkdir(join(folder, 'public'))
  await writeFile(join(folder, 'author.md'), '---\nname: Ann\n---\n\nWrites.\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Returns what is said about a picture in a line of the text. */
async function lint(name: string, content: Buffer | string): Promise<string[]> {
  await writeFile(join(folder, 'public', name), content)
  await writeFile(
    join(folder, 'article.md'),
    `---\ntitle: A title\ndescription: D\ndate: 2026-02-26\ncategories: [News]\nauthor: Ann\n---\n\nSee ![it](/${name}) here.\n`,
  )
  const said = await lintContent(folder, join(folder, 'public')).catch((error: unknown) => {
    expect(error).toBeInstanceOf(ContentError)
    return (error as ContentError).problems
  })
  return said.map((line) => line.replace(/.*: the picture \S+ /, ''))
}

const draw = () => sharp({ create: { width: 900, height: 900, channels: 3, background: 'red' } })
const svg = (attributes: string) =>
  `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="10" height="10"/></svg>`
const SAVE = 'save it as JPEG, PNG, WebP or AVIF'
const AGAIN = 'save it again as JPEG, PNG, WebP or AVIF'

test.each([
  ['empty.jpg', '', `is empty; ${AGAIN}`],
  ['text.png', 'Hello', `is not a picture that browsers show; ${SAVE}`],
  ['page.jpg', '<!doctype html><html></html>', `is a web page; ${SAVE}`],
  ['phone.jpg', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', `is a HEIC picture; ${SAVE}`],
  ['paper.png', '%PDF-1.4', `is a PDF; ${SAVE}`],
  [
    'broken.svg',
    svg('viewBox="0 0 9 9"').slice(0, -20),
    'is an SVG with a mistake in it; open it in a drawing program and save it again',
  ],
])('%s is called what it is', async (name, content, said) => {
  expect(await lint(name, content)).toEqual([said])
})

test('a picture that is cut off is told', async () => {
  const jpeg = await draw().jpeg().toBuffer()
  expect(await lint('cut.jpg', jpeg.subarray(0, 600))).toEqual([
    `is damaged or incomplete; ${AGAIN}`,
  ])
  expect(await lint('whole.jpg', jpeg)).toEqual([])
})

test('a TIFF is told', async () => {
  expect(await lint('scan.tiff', await draw().tiff().toBuffer())).toEqual([
    'is a TIFF, which browsers do not show; save it as JPEG or PNG',
  ])
})

test.each([
  ['', true],
  ['width="100%" height="100%"', true],
  ['width="300"', true],
  ['stroke-width="3" height="10"', true],
  ['viewBox="0 0 30 10"', false],
  ['width="30" height="10"', false],
  ["width='30mm' height='10.5mm'", false],
  ['width="100%" viewBox="-1 0 30 10"', false],
])('an SVG with [%s] has no size: %s', async (attributes, isWithoutSize) => {
  const message =
    'is an SVG without a size, so browsers guess one; add its own to the first tag: viewBox="0 0 width height"'
  expect(await lint('drawing.svg', svg(attributes))).toEqual(isWithoutSize ? [message] : [])
})
