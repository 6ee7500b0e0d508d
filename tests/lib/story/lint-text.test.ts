// Tests lib/story/lint.ts, lib/story/lint-text.ts, lib/story/lint-html.ts, lib/story/lint-pictures.ts
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ContentError } from '#lib/story/content.ts'
import { lintContent } from '#lib/story/lint.ts'
import skeleton from '#messages/new-story.json' with { type: 'json' }

/** Eight lines: the text begins with the ninth. */
const FIELDS = `title: A title
description: What it is about
date: 2026-02-26
categories: [News]
author: Ann Author`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-advice-'))
  await mkdir(join(folder, 'public'))
  await writeFile(join(folder, 'author.md'), '---\nname: Ann Author\n---\n\nSome text.\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const draw = (name: string, width: number, height = 400) =>
  sharp({ create: { width, height, channels: 3, background: '#a63' } }).toFile(
    join(folder, 'public', name),
  )
const review = async (body: string, frontMatter = FIELDS) => {
  await writeFile(join(folder, 'article.md'), `---\n${frontMatter}\n---\n\n${body}\n`)
  const advice = await lintContent(folder, join(folder, 'public'))
  return advice.map((line) => line.replace(`${folder}/`, ''))
}

test('nothing is said of the shipped story', async () => {
  expect(await lintContent()).toEqual([])
})

test('signs that are too many to be read as Markdown are told by their line', async () => {
  expect(await review(`One.\n\n[${'word,\n'.repeat(2_000)}\n\nTwo.`)).toEqual([
    expect.stringMatching(
      /^article\.md:\d+: the paragraph has too many Markdown signs .* shown as typed; split it/,
    ),
  ])
})

test('what a new story begins with is not meant to be published', async () => {
  const { description, opening, heading, text, biography } = skeleton
  await writeFile(join(folder, 'author.md'), `---\nname: Ann Author\n---\n\n${biography}\n`)
  const frontMatter = FIELDS.replace('What it is about', JSON.stringify(description))
  const still = 'is still the sample text; replace it with your own'
  expect(await review(`${opening}\n\n## ${heading}\n\n${text}`, frontMatter)).toEqual([
    `article.md:3: the description ${still}`,
    `article.md:9: this paragraph ${still}`,
    `article.md:11: this heading ${still}`,
    `article.md:13: this paragraph ${still}`,
    `author.md:5: this paragraph ${still}`,
  ])
})

test.each([
  ['One.\n\n# Loud\n', 11, 'the heading "Loud" uses #'],
  ['## One\n\n#### Three\n', 11, 'the heading "Three" skips a level; use ### instead of ####'],
  ['### Two\n', 9, 'the heading "Two" skips a level; use ##'],
  [
    'See [there](#gone).\n\n## Here\n',
    9,
    'the link to #gone leads nowhere; use the anchor of a heading: #here',
  ],
  ['See [the report][r].\n\n[r]: #gone\n', 11, 'the link to #gone leads nowhere'],
  ['Go [](https://example.org).\n', 9, 'the link to https://example.org has no text'],
  ['Go [there]().\n', 9, 'the link "there" has no address; write it between the ( )'],
  ['Go\n[there][r].\n', 10, '[there][r] has no address; add it below the text as "[r]: …"'],
  ['One.\n\n##\n', 11, 'a heading is empty; write it, or remove it'],
  ['A text[^a].\n\n[^a]:\n', 11, 'the footnote [^a] is empty'],
  [
    'For more [click here](https://example.org).\n',
    9,
    'the link text "click here" does not say where',
  ],
  ['En savoir plus [ici](https://example.org).\n', 9, 'the link text "ici" does not say where'],
  ['A text\nwith a mark[^1].\n', 10, 'the footnote [^1] is missing'],
  ['A text [of his][^1].\n', 9, 'the footnote [^1] is missing'],
  ['A text.\n\n[^a]: Unused.\n', 11, 'the footnote [^a] is never used'],
  ['A text[^a].\n\n[^a]: One.\n\n[^a]: Two.\n', 13, 'there are two footnotes [^a]'],
  ['A text, and\nin it the the word.\n', 10, 'the word "the" is repeated; remove one'],
  ['It ends with the\nthe same word.\n', 9, 'the word "the" is repeated'],
  ['Some *very* very odd.\n', 9, 'the word "very" is repeated'],
  [
    'The text.\n\n> [!QUOTE]\n> Nobody said that.\n',
    11,
    'the pull quote "Nobody said that." is not in the text',
  ],
  [
    'The text.\n\n> [!FACT]\n> It is so.\n',
    11,
    'the mark [!FACT] is not known, so it is shown as typed; use one of [!QUOTE], [!KEY], [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION], or remove it',
  ],
])('%j', async (body, line, message) => {
  const advice = await review(body)
  expect(advice).toHaveLength(1)
  expect(advice[0]).toMatch(new RegExp(`^article\\.md:${line}: `))
  expect(advice[0]).toContain(message.replace('\n', ' '))
})

test('each tag that is left out is told with its Markdown, and whether the words in it stay', async () => {
  const body = `<b>Bold</b> and <b>bold</b>, <script>alert(1)</script>.

## A <br>heading<sup>2</sup>

- One
- An <i>item</i>

<details><summary>More</summary>
Shown.
</details>

<!-- A comment. --> <center>

10<sup>6

<blink>
<iframe src="https://example.org"></iframe>
`
  const show = 'or put the tag in backticks to show it'
  expect(await review(body)).toEqual([
    `article.md:9: the HTML <b> is left out, but its text stays; write **words**, ${show}`,
    `article.md:9: the HTML <script> is left out, with everything in it; remove it, ${show}`,
    `article.md:14: the HTML <i> is left out, but its text stays; write *words*, ${show}`,
    `article.md:20: the HTML <center> is left out, but its text stays; leave an empty line before and after, ${show}`,
    'article.md:22: the HTML <sup> is left out, because its opening or closing tag is missing; write <sup> before and </sup> after the words, in one paragraph',
    `article.md:24: the HTML <blink> is left out, but its text stays; remove it, ${show}`,
    `article.md:25: the HTML <iframe> is left out, with everything in it; link to it: [words](https://example.org), ${show}`,
  ])
})

test.each([
  'A <!-- comment --> in it, and `<b>code</b>`, 2 < 3.\n\n<!-- One\n\nmore -->\n\n<https://example.org>\n',
  '## One\n\n### Two\n\n## Three\n\n[Up](#one), [votes](#votes), [top](#top).\n',
  'He said that that was so, and had had it; the `the` was code, 2 2 a number.\n',
  'A text[^1] and again[^1].\n\n[^1]: A note.\n',
  'The text says “so much” here.\n\n> [!QUOTE]\n> The text says "so much"\n>\n> — Ann\n',
  'A [report](https://example.org) and ~~two~~ two.\n',
  'It is in list[i][j].\n',
])('nothing is said of %j', async (body) => {
  expect(await review(body)).toEqual([])
})

test('words are said twice rightly in other languages, too', async () => {
  const french = `${FIELDS}\nlanguage: fr`
  expect(await review('Vous vous trompez.\n', french)).toEqual([])
  expect(await review('Vous vous trompez.\n')).toHaveLength(1)
})

test('a language without words of the interface is told once, a region of another not', async () => {
  expect(await review('Testo.\n', `${FIELDS}\nlanguage: it`)).toEqual([
    expect.stringMatching(/^article\.md:7: menus and buttons will be in English/),
  ])
  expect(await review('Texto.\n', `${FIELDS}\nlanguage: es-MX`)).toEqual([])
})

test('a title or a description that is cut is told with its line, and a correction that came later', async () => {
  const advice = await review(
    'Some text.',
    `title: ${'Long '.repeat(20)}
description: ${'word '.repeat(40)}
date: 2026-02-26
categories: [News]
author: Ann Author
corrections:
  - { date: 2026-03-01, text: A name was wrong. }`,
  )
  expect(advice).toEqual([
    expect.stringMatching(/^article\.md:2: the title has 99 characters/),
    expect.stringMatching(/^article\.md:3: the description has 199 characters/),
    expect.stringMatching(/^article\.md:8: .* set "updated" to 2026-03-01$/),
  ])
})

test('pictures are looked at: their words, their size, and where they say they were taken', async () => {
  await draw('small.jpg', 300)
  await draw('huge.png', 9000, 5000)
  await sharp({ create: { width: 2000, height: 1200, channels: 3, background: '#a63' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' } })
    .toFile(join(folder, 'public/placed.jpg'))
  await writeFile(
    join(folder, 'public/map.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>',
  )
  const advice = await review(
    '![](/map.svg)\n\n![Small](/small.jpg)\n\n![Huge](/huge.png)\n',
    `${FIELDS}\nimage: { src: /placed.jpg, alt: The place }`,
  )
  expect(advice).toEqual([
    expect.stringMatching(/^article\.md:10: the picture \/map\.svg has no alternative text/),
    expect.stringMatching(
      /^article\.md:7: the picture \/placed\.jpg contains the place where it was taken/,
    ),
    expect.stringMatching(/^article\.md:12: the picture \/small\.jpg is 300 pixels wide/),
    expect.stringMatching(/^article\.md:14: the picture \/huge\.png is huge \(9000 × 5000/),
  ])
})

test('a picture within a line of the text may be as small as it likes', async () => {
  await draw('sign.png', 24, 24)
  expect(
    await review('The ![sign](/sign.png) of the house.\n\n- ![A sign](/sign.png) here\n'),
  ).toEqual([])
  expect(await review('- ![A sign](/sign.png)\n')).toHaveLength(1)
})

test('a broken picture is an error with its file, line and remedy', async () => {
  await writeFile(join(folder, 'public/broken.jpg'), 'no picture')
  await expect(review('![x](/broken.jpg)')).rejects.toThrow(
    /article\.md:9: the picture \/broken\.jpg is not a picture that browsers show; save it as JPEG/,
  )
  await expect(review('![x](/broken.jpg)')).rejects.toThrow(ContentError)
})
