// Tests lib/story/content.ts, lib/story/inspect-picture.ts, lib/story/pictures.ts
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ContentError, loadContent, readContentOfBuild } from '#lib/story/content.ts'

const FIELDS = `title: A title
description: What it is about
date: 2026-02-26
categories: [News]
author: Ann Author`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-content-'))
  await mkdir(join(folder, 'public'))
  await writeFile(join(folder, 'public', 'here.jpg'), '')
  await write('author.md', 'name: Ann Author')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const write = (name: string, frontMatter: string, body = 'Some text.') =>
  writeFile(join(folder, name), `---\n${frontMatter}\n---\n\n${body}\n`)
const load = () => loadContent(folder, join(folder, 'public'))
const problems = async () => {
  const error = await load().catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ContentError)
  return (error as ContentError).problems.map((line) => line.replaceAll(`${folder}/`, ''))
}

test('the shipped story and bio are the seed’s', async () => {
  const { article, author } = await loadContent()
  expect(article).toMatchObject({
    title: 'US Diplomats Urged to Counter Global Data Localization Efforts',
    date: '2026-02-26',
    categories: ['AI Infrastructure', 'AI Regulation', 'Developer Tools'],
    author: 'Artimouse Prime',
    language: 'en',
    inspiredBy: [
      {
        title: 'US orders diplomats to push back on data sovereignty (Computerworld)',
        address:
          'https://www.computerworld.com/article/4137523/us-orders-diplomats-to-counter-data-sovereignty.html',
      },
    ],
    sources: [
      {
        title:
          'Exclusive: US orders diplomats to fight data sovereignty initiatives (Reuters, 25 February 2026)',
        address:
          'https://www.reuters.com/sustainability/boards-policy-regulation/us-orders-diplomats-fight-data-sovereignty-initiatives-2026-02-25/',
      },
    ],
  })
  expect(article.sections.map(({ title }) => title)).toEqual([
    'US Concerns Over Data Sovereignty Laws',
    'Diplomatic Efforts to Promote Data Flow Freedom',
  ])
  expect(author.name).toBe('Artimouse Prime')
  expect(author.html).toMatch(/^<p>Artimouse Prime is the synthetic mind behind Artiverse\.ca — /)
})

test('a story is rendered once, and again when one of its files has changed', async () => {
  await write('article.md', FIELDS)
  const first = await load()
  expect(await load()).toBe(first)
  await write('article.md', FIELDS, 'Another text.')
  expect((await load()).article.html).toContain('Another text.')
  await write('author.md', 'name: Ann Author', 'Writes.')
  expect((await load()).author.html).toContain('Writes.')
})

test('an author’s text in another direction than the story says so', async () => {
  await write('article.md', FIELDS)
  await write('author.md', 'name: Ann Author', 'كاتبة **في** برلين')
  expect((await load()).author.dir).toBe('rtl')
  await write('author.md', 'name: Ann Author', 'Writes.')
  expect((await load()).author).not.toHaveProperty('dir')
})

test('a French story has its signs on the line, in the fields and the author’s text, too', async () => {
  const sign = (text: string) => ({ title: text, address: 'https://example.org/?a' })
  await write(
    'article.md',
    `${FIELDS.replace('A title', '« Qui ? »').replace('What it is about', '"Quoi : ici"')}
language: fr
sources: [${JSON.stringify(sign('Le rapport !'))}]
image: { src: /here.jpg, alt: Here, caption: 'Le port ; ici', credit: 'Photo : B.' }
heldWords: ['nul !']
corrections: [{ date: 2026-03-01, text: Un nom ! }]`,
    'Vrai ?',
  )
  await write('author.md', 'name: Ann Author', 'Elle écrit !')
  const { article, author } = await load()
  expect(article).toMatchObject({
    title: '«\u00a0Qui\u202f?\u00a0»',
    description: 'Quoi\u00a0: ici',
    sources: [sign('Le rapport\u202f!')],
    image: { src: '/here.jpg', caption: 'Le port\u202f; ici', credit: 'Photo\u00a0: B.' },
    heldWords: ['nul !'],
    corrections: [{ text: 'Un nom\u202f!' }],
  })
  expect(article.html).toContain('Vrai\u202f?')
  expect(author.html).toContain('écrit\u202f!')
})

test('a story that is wrong is read again', async () => {
  await write('article.md', `${FIELDS}\nimage: { src: /new.jpg, alt: New }`)
  expect(await problems()).toHaveLength(1)
  await writeFile(join(folder, 'public', 'new.jpg'), '')
  expect((await load()).article.image?.src).toBe('/new.jpg')
})

test('every field is read, and the optional ones have their defaults', async () => {
  await write('article.md', FIELDS)
  expect((await load()).article).toMatchObject({ language: 'en', inspiredBy: [], corrections: [] })

  await writeFile(join(folder, 'public', 'harbour.jpg'), '')
  await write(
    'article.md',
    `${FIELDS}
updated: 2026-03-01
language: pt-BR
inspiredBy: [{ title: A talk, address: 'https://example.org/talk' }]
sources:
  - title: The report
    address: http://example.org/report
image: { src: /harbour.jpg, alt: The harbour, caption: At dawn, credit: B. Photo }
corrections: [{ date: 2026-03-01, text: A name was wrong. }]`,
  )
  expect((await load()).article).toMatchObject({
    updated: '2026-03-01',
    language: 'pt-BR',
    inspiredBy: [{ title: 'A talk', address: 'https://example.org/talk' }],
    sources: [{ title: 'The report', address: 'http://example.org/report' }],
    image: { src: '/harbour.jpg', alt: 'The harbour', caption: 'At dawn', credit: 'B. Photo' },
    corrections: [{ date: '2026-03-01', text: 'A name was wrong.' }],
  })
})

describe('a mistake names the file, the field, what was found and the remedy', () => {
  const replace = (line: string) => {
    const field = line.split(':')[0]
    const rest = FIELDS.split('\n').filter((other) => !other.startsWith(`${field}:`))
    return [...rest, line].join('\n')
  }
  test.each([
    ['date: yesterday', '"date" must be a date such as 2026-02-26, found "yesterday"'],
    ['date: 2026-02-31', '"date" must be a date such as 2026-02-26, found "2026-02-31"'],
    ['date: 2026', '"date" must be a date such as 2026-02-26, found 2026'],
    ['updated: 26.2.2026', '"updated" must be a date such as 2026-02-26, found "26.2.2026"'],
    ['title: ""', '"title" must not be empty, found ""'],
    ['categories: News', '"categories" must be a list such as [Politics, Europe], found "News"'],
    [`masthead: ${'A'.repeat(41)}`, '"masthead" must have at most 40 characters'],
    ['language: not a language', '"language" must be a language tag; write one such as en'],
    [
      'sources: [{ title: X, address: "ftp://x.org" }]',
      '"sources[0].address" must be a web address that begins with https:// or http://, found "ftp://x.org"',
    ],
    [
      'sources: [{ title: X, address: "javascript:alert(1)" }]',
      '"sources[0].address" must be a web address',
    ],
    ['inspiredBy: [https://x.org]', '"inspiredBy[0]" must have a "title" and an "address"'],
    ['inspiredBy: [{ title: X }]', '"inspiredBy[0].address" must be a web address such as'],
    ['image: { src: /gone.jpg, alt: Gone }', '"image.src" must be in public/ (add the file'],
    ['image: { src: /here.jpg }', '"image.alt" must be text, found nothing'],
    [
      'image: { src: /../secret.jpg, alt: X }',
      '"image.src" must be the path of a picture in public/',
    ],
    ['categories: [News, News]', '"categories" must not list anything twice'],
    ['updated: 2026-02-25', '"updated" must not be before "date", found "2026-02-25"'],
    [
      'image: { src: "https://x.org/x.jpg", alt: X }',
      '"image.src" must be the path of a picture in public/',
    ],
    ['corrections: [{ date: soon, text: X }]', '"corrections[0].date" must be a date such as'],
    ['foo: X', '"foo" is not a known field; remove it or correct its name'],
    ['tittle: X', '"tittle" is not a known field; remove it, or move it to "title"'],
    ['image: { src: /here.jpg, alt: X, size: 3 }', '"image.size" is not a known field'],
    ['author: Ben Other', '"author" must match the "name" in'],
  ])('%s', async (line, message) => {
    await write('article.md', replace(line))
    const found = await problems()
    expect(found).toHaveLength(1)
    // The last line of the front matter.
    expect(found[0]).toMatch(new RegExp(`^article\\.md:${replace(line).split('\n').length + 1}: `))
    expect(found[0]).toContain(message)
  })

  test('a field that is missing', async () => {
    await write('article.md', FIELDS.replace('title: A title\n', ''))
    expect(await problems()).toEqual(['article.md:1: "title" must be text, found nothing'])
  })
})

test('a mistake is told with its line in the file, the front matter counted', async () => {
  await write(
    'article.md',
    `${FIELDS}
sources:
  - { title: A, address: 'https://example.org' }
  - title: B
    address: example.org
corrections: [{ date: 2026-03-01 }]
tittle: X`,
    'One.\n\nTwo.\n\n![x](/gone.jpg)',
  )
  expect((await problems()).map((line) => line.split(' ')[0])).toEqual([
    'article.md:10:',
    'article.md:11:',
    'article.md:12:',
    'article.md:19:',
  ])
})

test('all problems of both files are told at once', async () => {
  await write(
    'article.md',
    'author: Ann\ndate: yesterday\nfoo: 1\nimage: { src: /gone.jpg, alt: X }',
    '',
  )
  await write('author.md', 'name: Ben\nnom: X\navatar: /gone.png')
  const found = (await problems()).join('\n')
  for (const part of [
    '"title"',
    '"date"',
    '"foo"',
    '"image.src"',
    'no text below',
    '"author" must match the "name"',
    '"nom"',
    '"avatar"',
  ])
    expect(found).toContain(part)
})

test('a file that is missing is told', async () => {
  expect(await problems()).toEqual(['article.md: the file is missing; create it'])
})

test('a file saved with a byte order mark and Windows line ends is read', async () => {
  await cp('content/article.md', join(folder, 'article.md'))
  await cp('content/author.md', join(folder, 'author.md'))
  const source = await readFile(join(folder, 'article.md'), 'utf8')
  await writeFile(join(folder, 'article.md'), `\ufeff${source.replaceAll('\n', '\r\n')}`)
  expect((await load()).article.sections).toHaveLength(2)
})

test('a file that is no UTF-8 text is told', async () => {
  await writeFile(join(folder, 'article.md'), Buffer.from([0x2d, 0x2d, 0x2d, 0xff]))
  expect(await problems()).toEqual(['article.md: the file is not UTF-8 text; save it as UTF-8'])
})

test('a folder in place of the file is told', async () => {
  await mkdir(join(folder, 'article.md'))
  expect((await problems())[0]).toContain('the file cannot be read (EISDIR)')
})

test.each(['![x](https://tracker.example/p.png)', '![x][y]\n\n[y]: //tracker.example/p.png'])(
  'a picture in the text on another host is refused: %s',
  async (body) => {
    await write('article.md', FIELDS, body)
    expect((await problems())[0]).toContain('the picture in the text must be the path of a picture')
  },
)

test('a server reads the copy of its build, whatever the publisher saves and takes away', async () => {
  const copy = join(folder, 'content')
  await mkdir(copy)
  const image = 'image: { src: /gone.jpg, alt: A picture }'
  await writeFile(join(copy, 'article.md'), `---\n${FIELDS}\n${image}\n---\n\nText.\n`)
  await writeFile(join(copy, 'author.md'), '---\nname: Ann Author\n---\n\nText.\n')
  readContentOfBuild(folder)
  expect((await loadContent()).article.title).toBe('A title')
})
