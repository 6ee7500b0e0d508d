// Tests lib/feeds/story-feed.ts, lib/metadata/, lib/xml.ts
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GET as getAtom } from '#app/feed.atom/route.ts'
import { GET as getJson } from '#app/feed.json/route.ts'
import { GET as getRss } from '#app/feed.rss/route.ts'
import { makeSitemap } from '#lib/metadata/sitemap.ts'
import { storyData } from '#lib/metadata/structured-data.ts'
import { loadContent } from '#lib/story/content.ts'
import { get, ORIGIN } from '#tests/support/handlers.ts'

process.env.SITE_URL = ORIGIN

const STORY = `---
title: Harbour & <b>sea</b>
description: What the harbour said, 1 < 2
date: 2026-02-26
updated: 2026-02-27
categories: [Sea, A & B]
author: Ann Author
inspiredBy: [{ title: A book, address: 'https://example.com/?a=1&b=2' }]
image: { src: /icon.svg, alt: 'The "harbour"', caption: At dawn }
corrections: [{ date: 2026-03-02, text: It was Monday. }]
---

One [two](/author) and [three](#votes), ![four](/icon.svg), [five](comments?a=1&b=2).

\`<a href="/kept">\`
`
const home = process.cwd()
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-'))
  await cp('public', join(folder, 'public'), { recursive: true })
  await cp('content', join(folder, 'content'), { recursive: true })
  await writeFile(join(folder, 'content/article.md'), STORY)
  await writeFile(join(folder, 'content/author.md'), '---\nname: Ann Author\n---\n\nWrites.\n')
  process.chdir(folder)
})
afterEach(async () => {
  process.chdir(home)
  await rm(folder, { recursive: true, force: true })
})

const read = async (handle: (request: Request) => Promise<Response>, path: string) => {
  const response = await handle(get(path))
  return [await response.text(), response.headers.get('content-type')] as const
}

/** What each feed has as the story's text: nothing in it may lead nowhere when it is read elsewhere. */
async function expectWhole(html: string | undefined): Promise<void> {
  const { article } = await loadContent()
  expect(article.html).toContain('href="/author"')
  for (const part of [
    `One <a href="${ORIGIN}/author">two</a> and <a href="${ORIGIN}/#votes">three</a>, <picture><img src="${ORIGIN}/icon.svg" alt="four"`,
    `<a href="${ORIGIN}/comments?a=1&#x26;b=2">five</a>`,
    // What only looks like an address is text.
    '&#x3C;a href="/kept">',
    `<figure><img src="${ORIGIN}/icon.svg" alt="The &#34;harbour&#34;"/><figcaption>At dawn</figcaption></figure>`,
    `<h2>Inspired by</h2>\n<ul><li><a href="https://example.com/?a=1&#38;b=2">A book</a></li></ul>`,
    `<h2>Corrections</h2>\n<ul><li>March 2, 2026: It was Monday.</li></ul>`,
  ])
    expect(html).toContain(part)
}

test('the Atom feed holds the whole story', async () => {
  const [text, type] = await read(getAtom, '/feed.atom')
  expect(type).toBe('application/atom+xml; charset=utf-8')
  const feed = parseAtomFeed(text)
  expect(feed).toMatchObject({
    id: `${ORIGIN}/feed.atom`,
    title: { value: 'Broadside' },
    subtitle: { value: 'What the harbour said, 1 < 2' },
  })
  const entry = feed.entries![0]!
  expect(entry).toMatchObject({
    id: `${ORIGIN}/#2026-02-26`,
    title: { value: 'Harbour & <b>sea</b>' },
    summary: { value: 'What the harbour said, 1 < 2' },
    authors: [{ name: 'Ann Author', uri: `${ORIGIN}/author` }],
    published: '2026-02-26T00:00:00.000Z',
    updated: '2026-03-02T00:00:00.000Z',
    categories: [{ term: 'Sea' }, { term: 'A & B' }],
    links: [
      { rel: 'alternate', href: `${ORIGIN}/` },
      { rel: 'enclosure', href: `${ORIGIN}/icon.svg`, type: 'image/svg+xml' },
    ],
  })
  await expectWhole(entry.content?.value)
})

test('the RSS feed holds the whole story', async () => {
  const [text, type] = await read(getRss, '/feed.rss')
  expect(type).toBe('application/rss+xml; charset=utf-8')
  const feed = parseRssFeed(text)
  expect(feed).toMatchObject({
    title: 'Broadside',
    link: `${ORIGIN}/`,
    description: 'What the harbour said, 1 < 2',
    language: 'en',
    lastBuildDate: 'Mon, 02 Mar 2026 00:00:00 GMT',
    atom: { links: [{ rel: 'self', href: `${ORIGIN}/feed.rss` }] },
  })
  const item = feed.items![0]!
  expect(item).toMatchObject({
    title: 'Harbour & <b>sea</b>',
    link: `${ORIGIN}/`,
    guid: { value: `${ORIGIN}/#2026-02-26`, isPermaLink: false },
    dc: { creators: ['Ann Author'] },
    pubDate: 'Thu, 26 Feb 2026 00:00:00 GMT',
    // HTML, as readers of feeds take it.
    description: 'What the harbour said, 1 &#60; 2',
    categories: [{ name: 'Sea' }, { name: 'A & B' }],
    enclosures: [{ url: `${ORIGIN}/icon.svg`, type: 'image/svg+xml' }],
  })
  await expectWhole(item.content?.encoded)
})

test('the JSON feed holds the whole story', async () => {
  const [text, type] = await read(getJson, '/feed.json')
  expect(type).toBe('application/feed+json; charset=utf-8')
  expect(JSON.parse(text).version).toBe('https://jsonfeed.org/version/1.1')
  const feed = parseJsonFeed(text)
  expect(feed).toMatchObject({
    title: 'Broadside',
    home_page_url: `${ORIGIN}/`,
    feed_url: `${ORIGIN}/feed.json`,
    language: 'en',
  })
  const item = feed.items![0]!
  expect(item).toMatchObject({
    id: `${ORIGIN}/#2026-02-26`,
    url: `${ORIGIN}/`,
    title: 'Harbour & <b>sea</b>',
    summary: 'What the harbour said, 1 < 2',
    image: `${ORIGIN}/icon.svg`,
    date_published: '2026-02-26T00:00:00.000Z',
    date_modified: '2026-03-02T00:00:00.000Z',
    authors: [{ name: 'Ann Author', url: `${ORIGIN}/author` }],
    tags: ['Sea', 'A & B'],
    attachments: [{ url: `${ORIGIN}/icon.svg`, mime_type: 'image/svg+xml' }],
  })
  await expectWhole(item.content_html)
})

test('scripts of other sites may read a feed', async () => {
  for (const handle of [getAtom, getRss, getJson]) {
    const first = await handle(get('/feed'))
    const headers = { 'if-none-match': `"another", ${first.headers.get('etag')}` }
    const again = await handle(get('/feed', headers))
    expect(again.status).toBe(304)
    for (const response of [first, again])
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
  }
})

test('a second story at the same address is another entry, and a corrected headline none', async () => {
  const idOf = async () => parseJsonFeed(await (await getJson(get('/feed'))).text()).items![0]!.id
  const first = await idOf()
  await writeFile('content/article.md', STORY.replace('<b>sea</b>', 'sea'))
  expect(await idOf()).toBe(first)
  await writeFile('content/article.md', STORY.replace('date: 2026-02-26', 'date: 2026-02-27'))
  expect(await idOf()).not.toBe(first)
})

test('the name that a request has for the site is in no feed', async () => {
  const host = 'evil.example'
  for (const handle of [getAtom, getRss, getJson]) {
    const text = await (await handle(get('/feed', { host }))).text()
    expect(text).not.toContain(host)
  }
})

test('a moment of publication and a correction on the same day are in every feed, and in the data', async () => {
  const moments = STORY.replace('date: 2026-02-26', 'date: 2026-02-26 09:30 Europe/Berlin')
    .replace('updated: 2026-02-27\n', '')
    .replace('date: 2026-03-02', 'date: 2026-02-26 14:05 Europe/Berlin')
  await writeFile('content/article.md', moments)
  const [published, updated] = ['2026-02-26T08:30:00Z', '2026-02-26T13:05:00Z']
  const [atom] = await read(getAtom, '/feed.atom')
  const entry = parseAtomFeed(atom).entries![0]!
  const same = (time: unknown) => new Date(String(time)).toISOString().replace('.000', '')
  expect([entry.published, entry.updated].map(same)).toEqual([published, updated])
  const [json] = await read(getJson, '/feed.json')
  const item = parseJsonFeed(json).items![0]!
  expect([item.date_published, item.date_modified].map(same)).toEqual([published, updated])
  const [rss] = await read(getRss, '/feed.rss')
  expect(same(parseRssFeed(rss).items![0]!.pubDate)).toBe(published)
  const { article } = await loadContent()
  const { datePublished, dateModified } = storyData(article)
  expect([datePublished, dateModified]).toEqual([
    '2026-02-26T09:30:00+01:00',
    '2026-02-26T14:05:00+01:00',
  ])
  const sitemap = makeSitemap(article, ORIGIN, Date.parse('2026-02-27'))
  expect(sitemap).toContain('<news:publication_date>2026-02-26T09:30:00+01:00<')
  expect(sitemap).toContain('<lastmod>2026-02-26T14:05:00+01:00<')
})
