// Tests lib/story/own-pages.ts, lib/story/field-schemas.ts
import { globSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { ContentError, loadContent } from '#lib/story/content.ts'
import { lintContent } from '#lib/story/lint.ts'
import { pageName, TAKEN_NAMES } from '#lib/story/own-pages.ts'

let folder: string
let publicFolder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-pages-'))
  publicFolder = join(folder, 'public')
  await mkdir(publicFolder)
  await write(
    'article.md',
    '---\ntitle: A title\ndescription: About it\ndate: 2026-02-26\ncategories: [News]\nauthor: Ann\n---\n\nText.',
  )
  await write('author.md', '---\nname: Ann\n---\n\nWrites.')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const write = (name: string, text: string) => writeFile(join(folder, name), `${text}\n`)
const load = () => loadContent(folder, publicFolder)
const problems = async () => {
  const error = await load().catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ContentError)
  return (error as ContentError).problems.map((line) => line.replaceAll(`${folder}/`, ''))
}
const advice = async () =>
  (await lintContent(folder, publicFolder)).map((line) => line.replaceAll(`${folder}/`, ''))

test('a file beside the two is a page, with title and description of its text', async () => {
  await write(
    'imprint.md',
    '# The *imprint*\n\nPier Street 1, **Hamburg**.\n\n## Register\n\nNo. 4',
  )
  const { pages } = await load()
  expect(pages).toEqual([
    {
      name: 'imprint',
      address: '/imprint',
      title: 'The imprint',
      description: 'Pier Street 1, Hamburg.',
      html: expect.stringContaining('<strong>Hamburg</strong>') as string,
      index: false,
    },
  ])
  expect(pages[0]!.html).not.toContain('The <em>')
  expect(await advice()).toEqual([])
})

test('the front matter says title, description, order and whether search engines may list a page', async () => {
  await write('b.md', '---\ntitle: B\n---\n\nText.')
  await write(
    'a.md',
    '---\ntitle: A\ndescription: Who we are\nindex: true\n---\n\n## Heading\n\nText.',
  )
  await write('z.md', '---\ntitle: Z\norder: 2\n---\n\nText.')
  await write('y.md', '---\ntitle: Y\norder: 10\n---\n\nText.')
  const { pages } = await load()
  expect(pages.map(({ title }) => title)).toEqual(['Z', 'Y', 'A', 'B'])
  expect(pages[2]).toMatchObject({ description: 'Who we are', index: true })
  expect(pages[2]!.html).toContain('Heading')
})

test('a long first paragraph is cut to a description', async () => {
  await write('about.md', `# About\n\n${'Many words. '.repeat(100)}`)
  const [page] = (await load()).pages
  expect(page!.description).toMatch(/^Many words\..{100,159}…$/)
})

test.each([
  ['imprint.md', 'imprint'],
  ['About Us.md', 'about-us'],
  ['Über uns.md', 'über-uns'],
  ["L'équipe (2).MD", 'l-équipe-2'],
  ['联系我们.md', '联系我们'],
  ['اتصل بنا.md', 'اتصل-بنا'],
  ['हमारे बारे में.md', 'हमारे-बारे-में'],
  ['50% #off?.md', '50-off'],
  ['v1.2.md', 'v1-2'],
])('%s has the name %s in its address', (file, name) => {
  expect(pageName(file)).toBe(name)
  expect(pageName(file.normalize('NFD'))).toBe(name)
})

test('notes, hidden files and README.md are no pages', async () => {
  for (const name of ['_draft.md', '.hidden.md', 'README.md', 'Readme.md', 'notes.txt'])
    await write(name, '# Not a page')
  expect((await load()).pages).toEqual([])
})

test.each(['comments', 'Privacy', 'moderation', 'api', 'Author', 'index', 'offline', 'metrics'])(
  'a page cannot take the address of the site: %s',
  async (name) => {
    await write(`${name}.md`, '# Title\n\nText.')
    const taken = name.toLowerCase()
    expect(await problems()).toEqual([
      `${name}.md: its address /${taken} is one of the site’s own; rename the file, such as ${taken}-page.md`,
    ])
  },
)

test('every address of the site is taken', () => {
  const files = globSync('app/*/').map((path) => path.split('/')[1]!)
  const names = [...files, ...Object.keys(routes).map((path) => path.split('/')[1]!)]
  // A page's name has neither dot nor bracket, and is not empty.
  const possible = names.filter((name) => pageName(name) === name && name !== '')
  expect(possible.length).toBeGreaterThan(5)
  expect(possible.filter((name) => !TAKEN_NAMES.has(name) && name !== 'styles')).toEqual([])
})

test('two files with one address, and a name without a letter, are refused', async () => {
  await write('About us.md', '# About\n\nText.')
  await write('about-us.md', '# About\n\nText.')
  await write('!!.md', '# Title\n\nText.')
  expect(await problems()).toEqual([
    '!!.md: the name has no letter, so the page has no address; rename the file',
    'about-us.md: its address /about-us is also that of About us.md; rename one of them',
  ])
})

test('mistakes in a page are told in the words of the story’s', async () => {
  await write('imprint.md', '---\ntitle: Pier: the sale\n---\n\nText.')
  await write('legal.md', '---\ntitle: Legal\nweight: 1\norder: first\n---\n\nText.')
  await write('plain.md', 'Only text.')
  await write('void.md', '---\ntitle: Void\n---\n')
  await write('picture.md', '# Picture\n\n![A ship](/ship.jpg)')
  const found = await problems()
  expect(found).toHaveLength(6)
  expect(found[0]).toMatch(/^imprint\.md:2: .*title: 'Pier: the sale'/)
  expect(found[1]).toMatch(/^legal\.md:3: .*"weight".*"order"/)
  expect(found[2]).toBe('legal.md:4: "order" must be a number, found "first"')
  expect(found[3]).toBe(
    'plain.md:1: the page has no title; add the field "title", or begin the text with a heading: # plain',
  )
  expect(found[4]).toMatch(/^void\.md:3: there is no text/)
  expect(found[5]).toMatch(/^picture\.md:3: the picture in the text must be in public\//)
})

test('links of pages and to pages are checked', async () => {
  await write('about.md', '# About\n\n[The imprint](/imprint), [nothing](/nothing).')
  await write('imprint.md', '# Imprint\n\n[About the paper](about.md) or [us](/About)')
  expect(await advice()).toEqual([
    'about.md:3: the link to /nothing leads to no page or file of this site; put the file in public/, or write the full address, with https://',
    'imprint.md:3: the link to about.md leads nowhere; use /about',
    'imprint.md:3: the link to /About leads nowhere; use /about',
  ])
})

test('pages are read again when one has changed, has come or is gone', async () => {
  const titles = async () => (await load()).pages.map(({ title }) => title)
  expect(await titles()).toEqual([])
  await write('a.md', '# First\n\nText.')
  expect(await titles()).toEqual(['First'])
  await write('a.md', '# Other\n\nText.')
  expect(await titles()).toEqual(['Other'])
  await rm(join(folder, 'a.md'))
  expect(await titles()).toEqual([])
})
