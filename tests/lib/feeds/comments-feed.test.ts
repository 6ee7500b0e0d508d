// @vitest-environment jsdom
import { randomUUID } from 'node:crypto'
import { SaxesParser } from 'saxes'
import { beforeEach, expect, test, vi } from 'vitest'
import { GET } from '#app/comments.atom/route.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { permalink } from '#lib/comments/comment.ts'
import { loadContent } from '#lib/story/content.ts'
import { getStore, type Store } from '#lib/store/index.ts'
import { get, ORIGIN, storePerTest } from '#tests/support/handlers.ts'
import { ATTACKS } from '#tests/support/attacks.ts'

process.env.SITE_URL = ORIGIN

storePerTest()
let store: Store
beforeEach(async () => {
  store = await getStore()
})
const write = async (change: Partial<Parameters<Store['addComment']>[0]> = {}) => {
  const comment = {
    reader: 'ann',
    networks: ['net'],
    key: randomUUID(),
    name: 'Ann',
    text: 'Hello',
  }
  const added = await store.addComment({ ...comment, ...change })
  return (added as { comment: { id: string } }).comment.id
}
const ATOM = 'http://www.w3.org/2005/Atom'
const XHTML = 'http://www.w3.org/1999/xhtml'

/** The feed, by two parsers: one knows whether it is well-formed, the other what it says. */
async function readFeed() {
  const text = await (await GET(get('/comments.atom'))).text()
  const strict = new SaxesParser({ xmlns: true })
  strict.on('error', (error) => {
    throw error
  })
  strict.write(text).close()
  const document = new DOMParser().parseFromString(text, 'application/xml')
  const entries = [...document.getElementsByTagNameNS(ATOM, 'entry')].map((entry) => {
    const one = (name: string) => entry.getElementsByTagNameNS(ATOM, name)[0]
    return {
      entry,
      id: one('id')!.textContent,
      title: one('title')!.textContent,
      page: one('link')!.getAttribute('href'),
      published: one('published')!.textContent,
      updated: one('updated')!.textContent,
      author: one('name')!.textContent,
      category: one('category')?.getAttribute('term'),
      content: one('content')!.firstElementChild!,
    }
  })
  return { root: document.documentElement, entries, text }
}

test('a feed has what Atom asks for, and leads back to the pages', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 1, 27, 10) })
  const id = await write({ text: 'a *soft* word\nand [a link](https://example.org/?a=1&b=2)' })
  vi.setSystemTime(Date.UTC(2026, 1, 27, 10, 5))
  await store.editComment({ id, reader: 'ann', text: 'changed to `this`' })
  const answer = await write({ name: 'Ben', parent: id, byAuthor: true })
  const { article } = await loadContent()
  const { root, entries } = await readFeed()
  vi.useRealTimers()

  expect([root.namespaceURI, root.localName]).toEqual([ATOM, 'feed'])
  const children = [...root.children].map(({ localName, textContent, attributes }) => [
    localName,
    textContent || Object.fromEntries([...attributes].map(({ name, value }) => [name, value])),
  ])
  expect(children.slice(0, 5)).toEqual([
    ['id', `${ORIGIN}/comments.atom`],
    ['title', `Comments on ${article.title}`],
    ['updated', '2026-02-27T10:05:00.000Z'],
    ['link', { rel: 'alternate', type: 'text/html', href: `${ORIGIN}/comments` }],
    ['link', { rel: 'self', type: 'application/atom+xml', href: `${ORIGIN}/comments.atom` }],
  ])
  expect(entries).toMatchObject([
    {
      id: `urn:uuid:${answer}`,
      title: 'Ben replied to Ann',
      page: ORIGIN + permalink(answer),
      author: 'Ben',
      category: 'author',
    },
    {
      id: `urn:uuid:${id}`,
      title: `Ann on ${article.title}`,
      published: '2026-02-27T10:00:00.000Z',
      updated: '2026-02-27T10:05:00.000Z',
      category: undefined,
    },
  ])
  const THREAD = 'http://purl.org/syndication/thread/1.0'
  const [reply] = entries[0]!.entry.getElementsByTagNameNS(THREAD, 'in-reply-to')
  expect(reply!.getAttribute('ref')).toBe(`urn:uuid:${id}`)
  expect(reply!.getAttribute('href')).toBe(ORIGIN + permalink(id))
  const [paragraph] = entries[1]!.content.children
  expect([paragraph!.namespaceURI, paragraph!.outerHTML]).toEqual([
    XHTML,
    `<p xmlns="${XHTML}">changed to <code>this</code></p>`,
  ])
})

test('only what everyone may see is in it: the newest 50', async () => {
  for (let i = 0; i < 52; i++) await write({ text: `letter ${i}` })
  await write({ text: 'held', holdReason: 'links' })
  await store.setStatus(await write({ text: 'refused' }), 'refused')
  await store.deleteOwnComment({ id: await write({ text: 'deleted' }), reader: 'ann' })
  await write({ reader: 'gone', name: 'Gone', text: 'erased' })
  await store.eraseReader('gone')
  const { entries, text } = await readFeed()
  expect(entries.map(({ content }) => content.textContent)).toEqual(
    Array.from({ length: 50 }, (_, i) => `letter ${51 - i}`),
  )
  expect(text).not.toMatch(/held|refused|deleted|erased|Gone/)
})

test('what attacks is the words it is made of', async () => {
  const kept = ATTACKS.map((attack) => attack.replaceAll('\0', '').toWellFormed())
  const nameOf = (attack: string) => attack.slice(0, 100).toWellFormed()
  for (let start = 0; start < kept.length; start += 50) {
    const attacks = kept.slice(start, start + 50)
    for (const attack of attacks) await write({ name: nameOf(attack), text: attack })
    const { entries, root } = await readFeed()
    expect(entries.slice(0, attacks.length).map(({ author }) => author)).toEqual(
      attacks.map((attack) => writable(nameOf(attack))).reverse(),
    )
    expect(entries.slice(0, attacks.length).map(({ content }) => content.textContent)).toEqual(
      attacks.map((attack) => writable(words(parseComment(attack)))).reverse(),
    )
    const names = [...root.getElementsByTagNameNS(XHTML, '*')].map(({ localName }) => localName)
    for (const name of names)
      expect(name).toMatch(/^(div|p|br|em|strong|code|pre|a|ul|ol|li|blockquote)$/)
    for (const link of root.getElementsByTagNameNS(XHTML, 'a'))
      expect(link.getAttribute('href')).toMatch(/^(https?|mailto):/i)
  }
})

test('whoever has it is told so, until something changes', async () => {
  await write()
  const first = await GET(get('/comments.atom'))
  expect(first.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
  expect(first.headers.get('cache-control')).toBe('public, max-age=60')
  const etag = first.headers.get('etag')!
  const again = await GET(get('/comments.atom', { 'if-none-match': etag }))
  expect([again.status, await again.text()]).toEqual([304, ''])
  await write({ text: 'more' })
  expect((await GET(get('/comments.atom', { 'if-none-match': etag }))).status).toBe(200)
})

test('an empty feed is one', async () => {
  const { entries, root } = await readFeed()
  expect(entries).toEqual([])
  const { article } = await loadContent()
  const updated = root.getElementsByTagNameNS(ATOM, 'updated')[0]!.textContent
  expect(updated).toBe(new Date(article.date).toISOString())
  expect(root.getAttribute('xml:lang')).toBe('en')
})

function words(nodes: ReturnType<typeof parseComment>): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node
      if ('children' in node) return words(node.children)
      return 'text' in node ? node.text : ''
    })
    .join('')
}

/** Without what XML cannot say. */
function writable(text: string): string {
  return text.replace(/[\p{Cc}\ufffe\uffff]/gu, (sign) => (/[\t\n\r]/.test(sign) ? sign : ''))
}
