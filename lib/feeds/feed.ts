import { element, type Xml } from '#lib/xml.ts'

/** An Atom feed: https://www.rfc-editor.org/rfc/rfc4287 */
export type Feed = {
  /** An address that stays the feed's name wherever it is read. */
  id: string
  title: string
  subtitle?: string
  /** The page that it tells of. */
  url: string
  /** The address it is read from, where that may be told. */
  self?: string | undefined
  /** A tag such as `en`, when all of it is in one language. */
  language?: string | undefined
  entries: Entry[]
}

export type Entry = {
  /** A UUID, or an address that stays its name. */
  id: string
  title: string
  summary?: string
  url: string
  author: string
  /** The author's page. */
  authorUrl?: string
  /** UTC milliseconds */
  publishedAt: number
  updatedAt: number
  /** What is shown: text as it is, HTML that is safe, or elements of XHTML. */
  content: { text: string } | { html: string } | { xhtml: (Xml | string)[] }
  categories?: { term: string; label: string }[]
  picture?: Picture | undefined
  /** What it answers: https://www.rfc-editor.org/rfc/rfc4685 */
  inReplyTo?: { id: string; url: string } | undefined
}

/** A file that belongs to an entry; `length` is in bytes. */
export type Picture = { url: string; type: string; length: number }

export const FEED_TYPE = 'application/atom+xml; charset=utf-8'

/** The feed as a document, well-formed whatever stands in its texts; the entries' order stays. */
export function makeFeed({ id, title, subtitle, url, self, language, entries }: Feed): string {
  // An empty feed has no time of its own, and must name one.
  const updatedAt = Math.max(0, ...entries.map((entry) => entry.updatedAt))
  const feed = element(
    'feed',
    {
      xmlns: 'http://www.w3.org/2005/Atom',
      'xmlns:thr': 'http://purl.org/syndication/thread/1.0',
      ...(language && { 'xml:lang': language }),
    },
    element('id', {}, id),
    element('title', {}, title),
    ...(subtitle ? [element('subtitle', {}, subtitle)] : []),
    element('updated', {}, timeOf(updatedAt)),
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
    ...(self ? [element('link', { rel: 'self', type: 'application/atom+xml', href: self })] : []),
    ...entries.map(entryElement),
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed}\n`
}

function entryElement(entry: Entry): Xml {
  const { id, title, summary, url, author, authorUrl, publishedAt, updatedAt } = entry
  const { categories = [], picture, inReplyTo } = entry
  return element(
    'entry',
    {},
    element('id', {}, urn(id)),
    element('title', {}, title),
    element(
      'author',
      {},
      element('name', {}, author),
      ...(authorUrl ? [element('uri', {}, authorUrl)] : []),
    ),
    element('published', {}, timeOf(publishedAt)),
    element('updated', {}, timeOf(updatedAt)),
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
    ...(picture ? [enclosureLink(picture)] : []),
    ...categories.map((category) => element('category', category)),
    ...(inReplyTo ? [replyElement(inReplyTo)] : []),
    ...(summary ? [element('summary', {}, summary)] : []),
    contentElement(entry.content),
  )
}

function enclosureLink({ url, type, length }: Picture): Xml {
  return element('link', { rel: 'enclosure', type, length: String(length), href: url })
}

function replyElement({ id, url }: NonNullable<Entry['inReplyTo']>): Xml {
  return element('thr:in-reply-to', { ref: urn(id), href: url, type: 'text/html' })
}

function contentElement(content: Entry['content']): Xml {
  if ('text' in content) return element('content', { type: 'text' }, content.text)
  if ('html' in content) return element('content', { type: 'html' }, content.html)
  const shown = element('div', { xmlns: 'http://www.w3.org/1999/xhtml' }, ...content.xhtml)
  return element('content', { type: 'xhtml' }, shown)
}

function urn(id: string): string {
  return id.includes(':') ? id : `urn:uuid:${id}`
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
