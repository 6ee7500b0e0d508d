// Tests lib/story/front-matter.ts, lib/story/split-front-matter.ts, lib/story/parse-fields.ts, lib/story/yaml-remedies.ts, lib/story/field-names.ts
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ContentError, loadContent } from '#lib/story/content.ts'
import { lintContent } from '#lib/story/lint.ts'

const FIELDS = `title: A title
description: What it is about
date: 2026-02-26
categories: [News]
author: Ann Author`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-fields-'))
  await mkdir(join(folder, 'public'))
  await writeFile(join(folder, 'author.md'), '---\nname: Ann Author\n---\n\nSome text.\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Returns what `npm run check`, the build and `npm run dev` say: errors, or advice where there are none. */
async function check(source: string): Promise<{ errors?: string[]; advice?: string[] }> {
  await writeFile(join(folder, 'article.md'), source)
  const short = (lines: string[]) => lines.map((line) => line.replaceAll(`${folder}/`, ''))
  try {
    return { advice: short(await lintContent(folder, join(folder, 'public'))) }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return { errors: short(error.problems) }
  }
}
/** Returns the front matter with a field in place of the one of the same name, or below the others. */
function withField(field: string): string {
  const [name] = /^\w+/.exec(field.trim()) ?? ['']
  const lines = FIELDS.split('\n')
  const index = lines.findIndex((line) => line.startsWith(`${name}:`))
  return (index === -1 ? [...lines, field] : lines.with(index, field)).join('\n')
}
const story = (frontMatter: string) => `---\n${frontMatter}\n---\n\nSome text.\n`
const load = () => loadContent(folder, join(folder, 'public'))

describe('a line that YAML reads otherwise is told as it should be, without its jargon', () => {
  test.each([
    ['title: Ports: the sale', "title: 'Ports: the sale'"],
    ['title: Ports:', "title: 'Ports:'"],
    ['title: "Enough": the sale', `title: '"Enough": the sale'`],
    ['title: "No", he said', `title: '"No", he said'`],
    ['title: “Enough”: the sale', "title: '“Enough”: the sale'"],
    ["title: It's over: the sale", `title: "It's over: the sale"`],
    ["title: 'It's over'", `title: "It's over"`],
    ["title: 'Tis the season", `title: "'Tis the season"`],
    ['title: "He said "no" today"', `title: 'He said "no" today'`],
    [String.raw`title: "C:\dir"`, String.raw`title: 'C:\dir'`],
    ['title: *Breaking* news', "title: '*Breaking* news'"],
    ['title: *Breaking', "title: '*Breaking'"],
    ['title: [Exclusive] Ports', "title: '[Exclusive] Ports'"],
    ['title: [Exclusive]', "title: '[Exclusive]'"],
    ['title: {Ports', "title: '{Ports'"],
    ['title: @ports is sold', "title: '@ports is sold'"],
    ['title: %20 more', "title: '%20 more'"],
    ['title: `ports` sold', "title: '`ports` sold'"],
    ['title: - and then', "title: '- and then'"],
    ['title: ? what', "title: '? what'"],
    ['title: !Hola amigos', "title: '!Hola amigos'"],
    ['title: &c Company', "title: '&c Company'"],
    ['title: > Ports', "title: '> Ports'"],
    ['title: #9 is sold', "title: '#9 is sold'"],
    ['title: 1984', "title: '1984'"],
    ['title: 3.50', "title: '3.50'"],
    ['title: true', "title: 'true'"],
    ['title:Ports', 'title: Ports'],
    ['title:Ports: the sale', "title: 'Ports: the sale'"],
    ['title:\u00a0Ports', 'title: Ports'],
    ['title:\u3000Ports', 'title: Ports'],
    ['title：港口', 'title: 港口'],
    ['title = Ports', 'title: Ports'],
    ['\ttitle: Ports', 'title: Ports'],
    ['  title: Ports', 'title: Ports'],
    ['categories: News, Europe', 'categories: [News, Europe]'],
    ['categories: [2026, News]', "'2026'"],
    ['masthead: The Post: daily', "masthead: 'The Post: daily'"],
    [
      'image: { src: /a.jpg, alt: Ports: a view }',
      "image: { src: '/a.jpg', alt: 'Ports: a view' }",
    ],
  ])('%j', async (field, remedy) => {
    const fields = withField(field)
    const line = fields.split('\n').indexOf(field) + 2
    const { errors } = await check(story(fields))
    expect(errors![0]).toMatch(new RegExp(`^article\\.md:${line}: "`))
    expect(errors![0]!.endsWith(`: ${remedy}`)).toBe(true)
    expect(errors![0]).not.toMatch(/implicit|mapping|scalar|token|alias|indicator|node/i)
  })

  test('in lists, too, and every mistake at once', async () => {
    const { errors } = await check(
      story(`title: Ports: the sale
description: @ports
date: yesterday
categories:
  - News: world
author: Ann Author
sources:
\t- title: It's "so": says he
\t  address: https://example.org`),
    )
    expect(errors).toEqual([
      expect.stringMatching(/^article\.md:2: .*: title: 'Ports: the sale'$/),
      expect.stringMatching(/^article\.md:3: .*: description: '@ports'$/),
      expect.stringMatching(/^article\.md:4: "date" must be a date/),
      expect.stringMatching(/^article\.md:6: "categories\[0\]" .*: - 'News: world'$/),
      expect.stringMatching(
        /^article\.md:9: .* begins with a tab.*: - title: 'It''s "so": says he'$/,
      ),
      expect.stringMatching(
        /^article\.md:10: .* begins with a tab.*: address: https:\/\/example\.org$/,
      ),
    ])
  })
})

test.each([
  ['title: A\ntitle: B', 3, '"title" is given twice, first on line 2; remove one'],
  [
    'sources: [{ title: A, address: https://a.org, address: https://b.org }]',
    7,
    '"address" is given twice in "sources"; remove one',
  ],
  ['title: Ports\nand the sale', 3, '"and the sale" is not a field such as "title: Ports"'],
  ['title: [', 2, '"title" has a [ that is not closed; write ] at its end'],
])('a mistake that can be meant in several ways is told: %j', async (field, line, message) => {
  const { errors } = await check(story(withField(field)))
  expect(errors).toHaveLength(1)
  expect(errors![0]).toContain(`article.md:${line}: ${message}`)
})

test.each([
  ['title: Pier # 9 is sold', 2, "title: 'Pier # 9 is sold'"],
  ['description: The #metoo years', 3, "description: 'The #metoo years'"],
  ["title: 'Pier' # 9", 2, `title: "'Pier' # 9"`],
  ['sources:\n  - title: Report #9\n    address: https://example.org', 8, "title: 'Report #9'"],
])('what a comment cuts off is told: %j', async (field, line, remedy) => {
  const { advice } = await check(story(withField(field)))
  expect(advice).toEqual([
    expect.stringMatching(new RegExp(`^article\\.md:${line}: "#.*" is left out, because # begins`)),
  ])
  expect(advice![0]!.endsWith(remedy)).toBe(true)
})

test('a comment beside a day, of its own line or within quotes cuts nothing off', async () => {
  const fields = withField("title: 'Pier # 9'").replace('02-26', '02-26 # a Thursday')
  expect(await check(story(`# The story\n${fields}\n# Below`))).toEqual({ advice: [] })
})

describe('where the front matter begins and ends', () => {
  test.each([
    ['empty lines above', `\n\n${story(FIELDS)}`],
    ['a byte order mark and old line ends', `\ufeff${story(FIELDS)}`.replaceAll('\n', '\r')],
    ['Windows line ends', story(FIELDS).replaceAll('\n', '\r\n')],
    ['spaces behind its hyphens', story(FIELDS).replaceAll('---', '---  ')],
  ])('%s are no mistake', async (_, source) => {
    expect(await check(source)).toEqual({ advice: [] })
    const { article } = await load()
    expect([article.title, article.html]).toEqual([
      'A title',
      expect.stringContaining('Some text.'),
    ])
  })

  test('four hyphens are told, and read', async () => {
    expect(await check(story(FIELDS).replace('---', '----'))).toEqual({
      advice: ['article.md:1: the line has 4 hyphens; write three: ---'],
    })
  })

  test.each([
    ['TOML', '+++\ntitle = "A"\n+++\n\nText', 1, 'the front matter is TOML'],
    ['JSON', '{ "title": "A" }\n\nText', 1, 'the front matter is JSON'],
    ['marked JSON', '---json\n{}\n---\n\nText', 1, 'the front matter is JSON'],
    ['marked code', '---js\nglobalThis.ran = true\n---\n\nText', 1, '"---js" does not begin'],
    ['a long dash', story(FIELDS).replace('---', '—'), 1, '"—" does not begin the front matter'],
    ['none above', `${FIELDS}\n---\n\nText`, 1, 'has no beginning; add'],
    ['text alone', '# Only text', 1, 'the front matter is missing; begin the file with its fields'],
    ['nothing', '', 1, 'the front matter is missing'],
    ['no end', `---\n${FIELDS}\n\nThe text.`, 8, 'has no end before the text "The text."'],
    ['no end but a rule', `---\n${FIELDS}\n\nThe text.\n\n---\n\nMore`, 8, 'has no end before'],
    ['no end, no text', `---\n${FIELDS}\n`, 6, 'the front matter has no end; add a line of'],
    ['an end of a long dash', `---\n${FIELDS}\n—\n\nText`, 7, '"—" does not end the front matter'],
    ['an end of dots', `---\n${FIELDS}\n...\n\nText`, 7, '"..." does not end the front matter'],
  ])('%s is told', async (_, source, line, message) => {
    const { errors } = await check(source)
    expect(errors).toHaveLength(1)
    expect(errors![0]).toMatch(new RegExp(`^article\\.md:${line}: `))
    expect(errors![0]).toContain(message)
    expect(globalThis).not.toHaveProperty('ran')
  })
})

describe('fields that are not known', () => {
  test.each([
    ['categories: [News]', 'tags: [News]', 'categories'],
    ['title: A title', 'Title: A title', 'title'],
    ['title: A title', 'headline: A title', 'title'],
    ['title: A title', 'titel: A title', 'title'],
    ['description: What it is about', 'summary: What', 'description'],
    ['date: 2026-02-26', 'pubDate: 2026-02-26', 'date'],
    ['author: Ann Author', 'byline: Ann Author', 'author'],
  ])('%s: %s is told alone', async (field, other, known) => {
    const { errors } = await check(story(FIELDS.replace(field, other)))
    const name = other.split(':')[0]
    expect(errors).toEqual([
      expect.stringMatching(
        new RegExp(`^article\\.md:\\d: "${name}" is not a known field; write "${known}"$`),
      ),
    ])
  })

  test('are one line, each with the nearest known one', async () => {
    const { errors } = await check(
      story(`${FIELDS}
cover: { src: /a.jpg, alt: A }
inspired_by: []
layout: post
lang: en
summary: X
sources: [{ title: A, url: https://example.org }]`),
    )
    expect(errors).toHaveLength(1)
    expect(errors![0]).toMatch(/^article\.md:7: these are not known fields: /)
    for (const part of [
      '"cover" (write "image")',
      '"inspired_by" on line 8 (write "inspiredBy")',
      '"layout" on line 9 (remove it or correct its name)',
      '"lang" on line 10 (write "language")',
      '"summary" on line 11 (remove it, or move it to "description")',
      '"sources[0].url" on line 12 (write "address")',
      '(the fields are title, description, date,',
    ])
      expect(errors![0]).toContain(part)
  })
})

test.each([
  'updated:',
  'image:',
  'image:\n  src:\n  alt:',
  'image: { src: "", alt: "" }',
  'sources:',
  'sources:\n  -',
  'corrections: ""',
  'masthead: "  "',
  'language:',
  'comments: ~',
  'heldWords:',
])('an optional field without a value is as if it were not there: %j', async (field) => {
  expect(await check(story(`${FIELDS}\n${field}`))).toEqual({ advice: [] })
  const { article } = await load()
  expect(article).toMatchObject({ language: 'en', comments: 'open', sources: [], corrections: [] })
  expect([article.updated, article.image, article.masthead]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('spaces of any kind and number are the same in the author’s name', async () => {
  const fields = FIELDS.replace('Ann Author', 'Ann\u00a0 Author')
  expect(await check(story(fields))).toEqual({ advice: [] })
})

test('the story in docs/writing.md is one of which nothing is said', async () => {
  const docs = await readFile('docs/writing.md', 'utf8')
  const [, sample] = /```markdown\n(---\n.+?)```/s.exec(docs)!
  for (const name of ['harbour.jpg', 'nets.jpg'])
    await sharp({ create: { width: 2000, height: 1200, channels: 3, background: '#a63' } }).toFile(
      join(folder, 'public', name),
    )
  expect(await check(sample!)).toEqual({ advice: [] })
  const { article } = await load()
  expect(article.title).toBe('Pier #9: the sale')
})

test('docs/writing.md explains every field of a story', async () => {
  const docs = await readFile('docs/writing.md', 'utf8')
  const { errors } = await check(story(`${FIELDS}\nlayout: post`))
  const [, fields] = /\(the fields are (.+)\)$/.exec(errors![0]!)!
  expect(fields!.split(', ').filter((field) => !docs.includes(`\`${field}\``))).toEqual([])
})
