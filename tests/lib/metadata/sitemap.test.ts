// @vitest-environment jsdom
import { parseXml } from '#tests/support/xml.ts'
import { expect, test } from 'vitest'
import { makeSitemap } from '#lib/metadata/sitemap.ts'
import { ARTICLE } from '#tests/support/story.ts'

const DAY = 24 * 60 * 60 * 1000
const published = Date.parse(ARTICLE.date)
const sitemap = (now: number, change: Partial<typeof ARTICLE> = {}) =>
  parseXml(makeSitemap({ ...ARTICLE, ...change }, 'https://example.org', now))
const NEWS = 'http://www.google.com/schemas/sitemap-news/0.9'

test('a sitemap names the story with its last change, and its author', () => {
  const map = sitemap(published + 10 * DAY)
  const root = map.documentElement
  expect([root.namespaceURI, root.localName]).toEqual([
    'http://www.sitemaps.org/schemas/sitemap/0.9',
    'urlset',
  ])
  expect([...map.querySelectorAll('loc')].map((one) => one.textContent)).toEqual([
    'https://example.org/',
    'https://example.org/author',
  ])
  expect(map.querySelector('lastmod')!.textContent).toBe('2026-03-02')
})

test('a story is told as news for two days, and not before it is published', () => {
  const isNews = (now: number) => sitemap(now).getElementsByTagNameNS(NEWS, 'news').length === 1
  expect([-1, 0, 2 * DAY - 1, 2 * DAY].map((age) => isNews(published + age))).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('news have what a search asks for', () => {
  const map = sitemap(published, { language: 'zh-TW' })
  const told = ['name', 'language', 'publication_date', 'title'].map(
    (name) => map.getElementsByTagNameNS(NEWS, name)[0]!.textContent,
  )
  expect(told).toEqual(['Broadside', 'zh-tw', ARTICLE.date, ARTICLE.title])
  expect(
    sitemap(published, { language: 'pt-BR' }).getElementsByTagNameNS(NEWS, 'language')[0]!
      .textContent,
  ).toBe('pt')
})

test('of the publisher’s own pages those are in the sitemap that search engines may list', () => {
  const page = { title: 'T', description: 'D', html: '' }
  const pages = [
    { ...page, name: 'über', address: '/%C3%BCber', index: true } as const,
    { ...page, name: 'imprint', address: '/imprint', index: false } as const,
  ]
  const map = parseXml(makeSitemap(ARTICLE, 'https://example.org', published, pages))
  const addresses = [...map.querySelectorAll('loc')].map((one) => one.textContent)
  expect(addresses.slice(2)).toEqual(['https://example.org/%C3%BCber'])
})
