// Tests lib/metadata/site-origin.ts, lib/server/shells.ts, lib/server/send-document.ts
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACEHOLDER_ORIGIN } from '#lib/metadata/site-origin.ts'
import { type Site, startSite } from '#tests/support/start-site.ts'
import { type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

/** Everything that names addresses of the site. */
const PATHS = [
  '/',
  '/author',
  '/privacy',
  '/comments',
  '/offline',
  '/no-such-page',
  '/manifest.webmanifest',
  '/sitemap.xml',
  '/robots.txt',
  '/feed.atom',
  '/feed.rss',
  '/feed.json',
  '/comments.atom',
  '/openapi.json',
  '/sw.js',
]

let place: TestDatabase
beforeAll(async () => void (place = await makeSqlite()))
afterAll(() => place.remove())

/** Starts the one build there is, which knows no SITE_URL. */
function describeSite(name: string, settings: Record<string, string>, check: (get: Get) => void) {
  describe(name, () => {
    let site: Site
    beforeAll(async () => void (site = await startSite(place.url, settings)))
    afterAll(() => site.stop())
    check(async (path, headers = {}) => (await fetch(site.origin + path, { headers })).text())

    test('no address is the build’s own', async () => {
      for (const path of PATHS)
        expect(await (await fetch(site.origin + path)).text(), path).not.toContain(
          new URL(PLACEHOLDER_ORIGIN).host,
        )
    })

    test.each(['br', 'gzip'])(
      'the pages are the same in %s, under the policy of their build',
      async (coding) => {
        for (const path of ['/', '/author']) {
          const answer = await fetch(site.origin + path, { headers: { 'accept-encoding': coding } })
          const plain = await fetch(site.origin + path, {
            headers: { 'accept-encoding': 'identity' },
          })
          expect(await answer.text()).toBe(await plain.text())
          expect(answer.headers.get('content-security-policy')).toBe(
            plain.headers.get('content-security-policy'),
          )
        }
      },
    )
  })
}
type Get = (path: string, headers?: Record<string, string>) => Promise<string>

const attribute = (page: string, tag: RegExp) =>
  page.match(new RegExp(`${tag.source}"([^"]*)"`))?.[1]
const structuredData = (page: string) =>
  JSON.parse(page.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)![1]!) as Record<
    string,
    unknown
  >

describe.each([
  ['https://story.example', 'https://story.example'],
  ['HTTPS://Bücher.Example:443/', 'https://xn--bcher-kva.example'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
])('a build that was made without it, started with SITE_URL=%s', (SITE_URL, origin) => {
  describeSite('names that address', { SITE_URL }, (get) => {
    test('in the story', async () => {
      const page = await get('/')
      expect(attribute(page, /<link rel="canonical" href=/)).toMatch(
        new RegExp(`^${RegExp.escape(origin)}/?$`),
      )
      expect(attribute(page, /<meta property="og:url" content=/)).toBe(`${origin}/`)
      expect(attribute(page, /<meta property="og:image" content=/)).toBe(`${origin}/card.png`)
      expect(structuredData(page)).toMatchObject({
        '@id': `${origin}/`,
        author: { url: `${origin}/author` },
        discussionUrl: `${origin}/comments`,
      })
    })

    test('on the author’s page', async () => {
      const author = await get('/author')
      expect(attribute(author, /<link rel="canonical" href=/)).toBe(`${origin}/author`)
      expect(attribute(author, /<meta property="og:url" content=/)).toBe(`${origin}/author`)
      expect(structuredData(author)).toMatchObject({ url: `${origin}/author` })
    })

    test('in what machines read', async () => {
      expect(await get('/sitemap.xml')).toContain(`<loc>${origin}/author</loc>`)
      expect(await get('/robots.txt')).toContain(`${origin}/sitemap.xml`)
      for (const feed of ['/feed.atom', '/feed.rss', '/feed.json', '/comments.atom'])
        expect(await get(feed), feed).toContain(`${origin}/`)
    })
  })
})

describeSite('the same build, without SITE_URL', {}, (get) => {
  test('leaves out what needs a whole address', async () => {
    for (const path of ['/', '/author']) {
      const page = await get(path)
      expect(page).not.toMatch(/rel="canonical"|="og:(url|image)|="twitter:image/)
      expect(page).toContain('property="og:title"')
    }
    expect(structuredData(await get('/'))).toMatchObject({ '@id': '/' })
  })

  test('names no host of a request in feeds, which caches may keep for others', async () => {
    for (const path of ['/feed.atom', '/feed.rss', '/feed.json', '/comments.atom', '/robots.txt']) {
      const text = await get(path)
      expect(text, path).not.toMatch(/127\.0\.0\.1|evil|invalid/)
      expect(text, path).not.toMatch(/(href|src)="(?!https?:|\/|mailto:)/)
    }
    expect(await get('/feed.atom')).toMatch(/<id>urn:uuid:[\da-f-]{36}<\/id>/)
    expect(await get('/feed.rss')).toContain('<guid isPermaLink="false">urn:uuid:')
    expect(await get('/sitemap.xml')).toContain('"not_found"')
  })
})
