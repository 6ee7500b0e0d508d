import { contentHtml, type Entry, type Feed, feedUpdatedAt } from '#lib/feeds/feed.ts'
import { element, escapeText, type Xml } from '#lib/xml.ts'

/** The media type of RSS. */
export const RSS_TYPE = 'application/rss+xml; charset=utf-8'

/** Makes an RSS 2.0 document, as its best-practices profile recommends: https://www.rssboard.org/rss-profile */
export function makeRssFeed(content: Feed): string {
  const { title, subtitle, url, self, language, entries } = content
  const feed = element(
    'rss',
    {
      version: '2.0',
      'xmlns:atom': 'http://www.w3.org/2005/Atom',
      'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    },
    element(
      'channel',
      {},
      element('title', {}, title),
      element('link', {}, url),
      element('description', {}, subtitle ?? title),
      ...(language ? [element('language', {}, language)] : []),
      element('lastBuildDate', {}, dateOf(feedUpdatedAt(content))),
      ...(self
        ? [element('atom:link', { rel: 'self', type: 'application/rss+xml', href: self })]
        : []),
      ...entries.map(itemElement),
    ),
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed}\n`
}

function itemElement(entry: Entry): Xml {
  const { id, title, summary, url, author, publishedAt, updatedAt, enclosure } = entry
  return element(
    'item',
    {},
    element('title', {}, title),
    element('link', {}, url),
    element('guid', { isPermaLink: String(id === url) }, id),
    // RSS's own `author` would have to be an e-mail address.
    element('dc:creator', {}, author),
    element('pubDate', {}, dateOf(publishedAt)),
    ...(updatedAt > publishedAt
      ? [element('atom:updated', {}, new Date(updatedAt).toISOString())]
      : []),
    ...(entry.categories ?? []).map(({ label }) => element('category', {}, label)),
    // An item's description is HTML.
    ...(summary ? [element('description', {}, escapeText(summary))] : []),
    element('content:encoded', {}, contentHtml(entry.content)),
    ...(enclosure
      ? [element('enclosure', { ...enclosure, length: String(enclosure.length) })]
      : []),
  )
}

/** Formats UTC milliseconds as RSS does: `Thu, 26 Feb 2026 00:00:00 GMT`. */
function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toUTCString()
}
