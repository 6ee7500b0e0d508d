// Tests lib/story/lint-addresses.ts, lib/story/link-schemes.ts
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { lintAddresses, PAGES } from '#lib/story/lint-addresses.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-addresses-'))
  await mkdir(join(folder, 'public/data'), { recursive: true })
  for (const file of ['public/report.pdf', 'public/data/my chart #2.svg', 'imprint.md'])
    await writeFile(join(folder, file), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const lint = (url: string) =>
  lintAddresses(
    {
      file: join(folder, 'article.md'),
      data: {},
      body: `One.\n\n[a](<${url}>)`,
      advice: [],
      locateField: () => '',
      locateLine: (line) => `article.md:${line}`,
    },
    join(folder, 'public'),
  )

test.each([
  [
    'htps://a.example',
    'is left out, and its words stay: no link begins with "htps:"; write one of',
  ],
  ['javascript:alert(1)', 'is left out'],
  ['JavaScript:alert(1)', 'is left out, and its words stay: no link begins with "javascript:"'],
  ['ftp://a.example/b', 'is left out, and its words stay: no link begins with "ftp:"'],
  ['www.example.org', 'lacks its beginning; write https:// before it'],
  ['name.org', 'lacks its beginning; write https:// before it'],
  ['example.co.uk/a.html', 'lacks its beginning; write https:// before it'],
  ['a@b.example', 'lacks its beginning; write mailto: before it'],
  ['gone.pdf', 'leads to no page and no file'],
  ['/gone', 'leads to no page and no file'],
  ['../about.html', 'leads to no page and no file'],
  ['/public/report.pdf', 'leads to no page; leave /public out'],
])('a link that leads nowhere is told: %s', (url, problem) => {
  expect(lint(url)).toEqual([
    expect.stringContaining(`article.md:3: the link to ${url} ${problem}`),
  ])
})

test.each([
  ...[
    'https://a.example',
    'HTTPS://a.example',
    'mailto:a@b.example',
    'tel:+1',
    'sms:+1',
    'geo:1,2',
  ],
  ...[
    '/',
    '/author#author',
    '#votes',
    '/privacy',
    'comments?sort=new',
    '/feed.atom',
    './report.pdf',
  ],
  ...['/report.pdf', 'data/my%20chart%20%232.svg', '/imprint', '//a.example'],
])('a link that leads somewhere is not: %s', (url) => {
  expect(lint(url)).toEqual([])
})

test('the pages are those of the site', () => {
  for (const page of PAGES) expect(Object.keys(routes)).toContain(page)
})
