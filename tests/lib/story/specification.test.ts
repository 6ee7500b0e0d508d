// Tests lib/story/markdown.ts
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { renderMarkdown } from '#lib/story/markdown.ts'
import gfm from '#tests/support/gfm-examples.json' with { type: 'json' }

const example = z.object({
  number: z.int(),
  section: z.string(),
  markdown: z.string(),
  html: z.string(),
})
const commonmark = z
  .object({ tests: z.array(example) })
  .parse(createRequire(import.meta.url)('commonmark-spec')).tests

/** Examples of CommonMark 0.31.2 that differ on purpose, by the reason. */
const DIFFERENT: Record<string, number[]> = {
  'HTML that is not harmless is left out, and the Markdown in it is read': [
    ...[21, 31, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643],
    ...range(148, 167),
    ...range(169, 191),
    ...range(613, 617),
    ...[201, 308, 309, 621, 623, 625, 626, 627, 628, 629, 630, 631],
  ],
  'a picture has its formats, and one alone in its paragraph is a figure': [
    ...[517, 520, 531],
    ...range(572, 584),
    ...[...range(585, 589), 591],
  ],
  'a link of another scheme leaves its words': [500, 598, 599, 601],
  'schemes are in small letters': [597],
  'an address needs no sign, as on GitHub': [602, 606, 608, 611, 612],
}

/** Examples of GitHub's extensions that differ on purpose, by the reason. */
const DIFFERENT_ON_GITHUB: Record<string, number[]> = {
  'task lists have classes': [279, 280],
  'ftp: is no scheme of a bare address': [628],
  'HTML that is not harmless is left out': [653],
}

const differing = async (examples: z.infer<typeof example>[]) => {
  const found: number[] = []
  for (const { number, markdown, html } of examples) {
    const made = (await renderMarkdown(markdown.replaceAll('→', '\t'))).html
    if (comparable(made) !== comparable(html.replaceAll('→', '\t'))) found.push(number)
  }
  return found
}

test('the examples of CommonMark come out as it says, but for those named here', async () => {
  expect(await differing(commonmark)).toEqual(sorted(DIFFERENT))
  expect(commonmark).toHaveLength(652)
})

test("so do those of GitHub's extensions", async () => {
  expect(await differing(gfm.examples)).toEqual(sorted(DIFFERENT_ON_GITHUB))
})

/**
 * Leaves out what is written otherwise or added on purpose: anchors, hosts, focus, classes, the first level of
 * headings, which is the title's, references to characters, and white space between blocks.
 */
function comparable(html: string): string {
  return html
    .replace(/ (?:(?:data-host|id|tabindex)="[^"]*"|class="(?:content|words)")/g, '')
    .replace(/(<\/?h)1/g, '$12')
    .replace(/ \/>/g, '>')
    .replace(/&#x26;/g, '&amp;')
    .replace(/&#x3C;/g, '&lt;')
    .replace(/&(?:quot|#x22);/g, '"')
    .replace(/&gt;/g, '>')
    .replace(/\s*\n\s*/g, '')
    .trim()
}

function sorted(reasons: Record<string, number[]>): number[] {
  return Object.values(reasons)
    .flat()
    .sort((a, b) => a - b)
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
