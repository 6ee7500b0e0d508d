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
  for (const file of ['public/report.pdf', 'public/data/my chart #2.svg'])
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
    ['imprint'],
  )

test.each([
  ['htps://a.example', 'is left out, but its text stays: links cannot begin with "htps:"; use'],
  ['javascript:alert(1)', 'is left out'],
  ['JavaScript:alert(1)', 'is left out, but its text stays: links cannot begin with "javascript:"'],
  ['ftp://a.example/b', 'is left out, but its text stays: links cannot begin with "ftp:"'],
  ['www.example.org', 'is incomplete; write https:// before it'],
  ['name.org', 'is incomplete; write https:// before it'],
  ['example.co.uk/a.html', 'is incomplete; write https:// before it'],
  ['a@b.example', 'is incomplete; write mailto: before it'],
  ['gone.pdf', 'leads to no page or file'],
  ['/gone', 'leads to no page or file'],
  ['../about.html', 'leads to no page or file'],
  ['/public/report.pdf', 'leads nowhere; leave out /public'],
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
