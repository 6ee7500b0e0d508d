import { type Article, dateModified } from '#lib/story/content.ts'
import type { OwnPage } from '#lib/story/own-pages.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'
import { DAY } from '#lib/time.ts'
import { element, type Xml } from '#lib/xml.ts'

/** Days for which Google takes an article as news: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap */
const NEWS_DAYS = 2

/**
 * Makes a sitemap of the pages for search engines: https://www.sitemaps.org/protocol.html
 *
 * @param now UTC milliseconds
 * @param pages the publisher's own, of which those are listed that may be
 */
export function makeSitemap(
  article: Article,
  origin: string,
  now: number,
  pages: OwnPage[] = [],
): string {
  const age = now - Date.parse(article.date)
  const isNews = age >= 0 && age < NEWS_DAYS * DAY
  const sitemap = element(
    'urlset',
    {
      xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9',
      'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9',
    },
    element(
      'url',
      {},
      element('loc', {}, `${origin}/`),
      element('lastmod', {}, dateModified(article)),
      ...(isNews ? [newsElement(article)] : []),
    ),
    ...['/author', ...pages.filter(({ index }) => index).map(({ address }) => address)].map(
      (path) => element('url', {}, element('loc', {}, origin + path)),
    ),
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n${sitemap}\n`
}

function newsElement({ title, date, language }: Article): Xml {
  return element(
    'news:news',
    {},
    element(
      'news:publication',
      {},
      element('news:name', {}, SITE_NAME),
      element('news:language', {}, newsLanguage(language)),
    ),
    element('news:publication_date', {}, date),
    element('news:title', {}, title),
  )
}

/** Returns a language as Google News has it: two or three letters, but zh-cn or zh-tw for Chinese. */
function newsLanguage(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize()
  if (language !== 'zh') return language
  return script === 'Hant' ? 'zh-tw' : 'zh-cn'
}
