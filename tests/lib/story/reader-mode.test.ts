// Tests lib/story/markdown.ts, lib/story/footnotes.ts, lib/story/callouts.ts
// @vitest-environment jsdom
import { Readability } from '@mozilla/readability'
import { expect, test } from 'vitest'
import { renderMarkdown } from '#lib/story/markdown.ts'

const PARAGRAPH =
  'Words of a story that goes on, and on, as paragraphs do in real life, more or less. '

/** Shows a story as Firefox's reader mode does. */
async function read(markdown: string): Promise<string> {
  const { html } = await renderMarkdown(markdown, { paragraphAnchors: true })
  const page = `<title>A story</title><main><article><h1>A story</h1><div class="prose">${html}</div></article></main>`
  return new Readability(new DOMParser().parseFromString(page, 'text/html')).parse()!.textContent!
}

test('reader mode shows a note once', async () => {
  const text = await read(
    `${PARAGRAPH}[^1]\n\n${`${PARAGRAPH}\n\n`.repeat(5)}[^1]: What the note says.`,
  )
  expect(text.match(/What the note says/g)).toHaveLength(1)
})

test('reader mode shows boxes', async () => {
  const text = await read(
    `> [!KEY]\n> - A point\n\n${`${PARAGRAPH}\n\n`.repeat(5)}> [!NOTE]\n> A remark.\n\n${PARAGRAPH}`,
  )
  expect(text).toContain('A point')
  expect(text).toContain('A remark.')
})

test.each(['Promotion of trade', 'Comments of the community', 'Related media', 'Banners, tags'])(
  'reader mode shows the heading “%s”',
  async (title) => {
    for (const level of ['##', '###'])
      expect(
        await read(`${`${PARAGRAPH}\n\n`.repeat(5)}${level} ${title}\n\n${PARAGRAPH}`),
      ).toContain(title)
  },
)
