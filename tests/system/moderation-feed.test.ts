// Tests app/moderation.atom/, lib/feeds/moderation-feed.ts
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '#lib/store/index.ts'
import { type Site, startSite } from '#tests/support/start-site.ts'
import { type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

const FEED_SECRET = 'a secret & more of moderators'
const ADDRESS = `/moderation.atom?key=${encodeURIComponent(FEED_SECRET)}`

let place: TestDatabase
let site: Site | undefined
const get = async (path: string, settings: Record<string, string> = { FEED_SECRET }) => {
  site ??= await startSite(place.url, settings)
  return fetch(site.origin + path)
}
beforeEach(async () => {
  place = await makeSqlite()
})
afterEach(async () => {
  await site!.stop()
  site = undefined
  await place.remove()
})

test('who knows the secret reads what waits', async () => {
  const store = await openStore(place.url)
  const comment = { reader: 'ann', networks: ['net'], name: 'Ann', text: '<b>&amp;' }
  const added = await store.addComment({ ...comment, holdReason: 'links', key: randomUUID() })
  await store.addComment({ ...comment, text: 'Shown to all', key: randomUUID() })
  const shown = await store.addComment({ ...comment, text: 'Shoes', key: randomUUID() })
  const { id: reported } = (shown as { comment: { id: string } }).comment
  for (const [reader, reason] of [
    ['ben', 'spam'],
    ['cem', 'off-topic'],
  ] as const)
    await store.addReport({ comment: reported, reader, reason, note: '' })
  await store.close()
  const response = await get(ADDRESS)
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/atom+xml; charset=utf-8',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'content-security-policy': expect.stringMatching(/^default-src 'none'/),
  })
  const feed = await response.text()
  const links = 'It has too many links, or a link in the name.'
  const { id } = (added as { comment: { id: string } }).comment
  expect(feed).toContain(`<id>urn:uuid:${id}</id><title>Ann – ${links}</title>`)
  expect(feed).toContain('<title>Ann – Reported: off topic and spam.</title>')
  expect(feed).toContain(`href="/moderation/comment?id=${id}"`)
  expect(feed).toContain('<content type="text">&#60;b&#62;&#38;amp;</content>')
  expect(feed).not.toContain('Shown to all')
  // Neither who wrote it nor the key of the feed is anybody's to pass on.
  expect(feed).not.toMatch(/secret|>ann</)
})

test('the address that is told is the one that readers know', async () => {
  const feed = await get(ADDRESS, { FEED_SECRET, SITE_URL: 'https://example.org' })
  expect(await feed.text()).toContain('<id>https://example.org/moderation.atom</id>')
})

test('without the secret there is nothing', async () => {
  for (const path of ['', '?key=', '?key=wrong', ADDRESS.slice(0, -1), `?Key=${FEED_SECRET}`]) {
    const response = await get(path.startsWith('/') ? path : `/moderation.atom${path}`)
    expect(response.status, path).toBe(404)
    expect(response.headers.get('cache-control')).toBe('no-store')
  }
  const posted = await fetch(site!.origin + ADDRESS, { method: 'POST' })
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET'])
})

test('where no secret is set there is no feed, not even for an empty key', async () => {
  for (const path of [
    '/moderation.atom',
    '/moderation.atom?key=',
    '/moderation.atom?key=undefined',
  ])
    expect((await get(path, {})).status).toBe(404)
})
