// Tests lib/feeds/
// @vitest-environment jsdom
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeAtomFeed } from '#lib/feeds/atom.ts'
import type { Entry, Feed } from '#lib/feeds/feed.ts'
import { ATTACKS } from '#tests/support/attacks.ts'

const ENTRY: Entry = {
  id: '01a20a97-83a7-7036-87d1-98112dca5716',
  title: 'A title',
  url: 'https://example.org/comments?page=1&x=2#comment-1',
  author: 'Ann',
  publishedAt: Date.UTC(2026, 1, 26),
  updatedAt: Date.UTC(2026, 1, 27),
  content: { text: 'Hello' },
}
const FEED: Feed = {
  id: 'https://example.org/x.atom',
  title: 'A feed',
  url: 'https://example.org/',
  startedAt: Date.UTC(2026, 1, 25),
  entries: [ENTRY],
}
const parse = (xml: string) => {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  expect(document.querySelector('parsererror')?.textContent).toBeUndefined()
  return document
}
const texts = (feed: Document, path: string) =>
  [...feed.querySelectorAll(path)].map((element) => element.textContent)

test('a feed has all that Atom asks for', () => {
  const feed = parse(
    makeAtomFeed({ ...FEED, self: 'https://example.org/x.atom?a&b', language: 'en' }),
  )
  const { documentElement: root } = feed
  expect([root.namespaceURI, root.localName]).toEqual(['http://www.w3.org/2005/Atom', 'feed'])
  expect(root.getAttribute('xml:lang')).toBe('en')
  expect(texts(feed, 'feed > id, feed > title, feed > updated')).toEqual([
    FEED.id,
    FEED.title,
    '2026-02-27T00:00:00.000Z',
  ])
  const links = [...feed.querySelectorAll('link')].map((link) => link.getAttribute('href'))
  expect(links).toEqual([FEED.url, 'https://example.org/x.atom?a&b', ENTRY.url])
  expect([...feed.querySelector('entry')!.children].map((child) => child.textContent)).toEqual([
    `urn:uuid:${ENTRY.id}`,
    'A title',
    'Ann',
    '2026-02-26T00:00:00.000Z',
    '2026-02-27T00:00:00.000Z',
    '',
    'Hello',
  ])
})

test('a feed of nothing is a feed', () => {
  expect(texts(parse(makeAtomFeed({ ...FEED, entries: [] })), 'updated')).toEqual([
    '2026-02-25T00:00:00.000Z',
  ])
})

test('HTML is told from text', () => {
  const html = '<p>A &amp; B</p>'
  const feed = parse(makeAtomFeed({ ...FEED, entries: [{ ...ENTRY, content: { html } }] }))
  const content = feed.querySelector('content')!
  expect([content.getAttribute('type'), content.textContent]).toEqual(['html', html])
})

test('every attack comes back as the text it was, in every place', () => {
  // No XML can hold them.
  const held = (text: string) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu, '')
  const entries = ATTACKS.map((text) => {
    return { ...ENTRY, id: randomUUID(), title: text, author: text, url: text, content: { text } }
  })
  const feed = parse(makeAtomFeed({ ...FEED, entries }))
  const expected = ATTACKS.map(held)
  for (const path of ['entry > title', 'name', 'content'])
    expect(texts(feed, path)).toEqual(expected)
  expect(feed.querySelectorAll('*')).toHaveLength(5 + ATTACKS.length * 9)
})

test('any text comes back as it was, but for what XML cannot hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const entry = { ...ENTRY, title: text, author: text, content: { text } }
      const feed = parse(makeAtomFeed({ ...FEED, entries: [entry] }))
      const possible = [...text]
        .filter((character) => /[\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(character))
        .join('')
      for (const path of ['entry > title', 'name', 'content'])
        expect(texts(feed, path)).toEqual([possible])
    }),
  )
})
