import { type Enclosure, type Entry, type Feed, feedUpdatedAt } from '#lib/feeds/feed.ts'
import { element, type Xml } from '#lib/xml.ts'

/** The media type of Atom: https://www.rfc-editor.org/rfc/rfc4287 */
export const ATOM_TYPE = 'application/atom+xml; charset=utf-8'

/**
 * Makes an Atom document, well-formed whatever its texts contain; entries keep their order.
 */
export function makeAtomFeed(content: Feed): string {
  const { id, title, subtitle, url, self, language, entries } = content
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
    element('updated', {}, timeOf(feedUpdatedAt(content))),
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
    ...(self ? [element('link', { rel: 'self', type: 'application/atom+xml', href: self })] : []),
    ...entries.map(entryElement),
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed}\n`
}

function entryElement(entry: Entry): Xml {
  const { id, title, summary, url, author, authorUrl, publishedAt, updatedAt } = entry
  const { categories = [], enclosure, inReplyTo } = entry
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
    ...(enclosure ? [enclosureLink(enclosure)] : []),
    ...categories.map((category) => element('category', category)),
    ...(inReplyTo ? [replyElement(inReplyTo)] : []),
    ...(summary ? [element('summary', {}, summary)] : []),
    contentElement(entry.content),
  )
}

function enclosureLink({ url, type, length }: Enclosure): Xml {
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

/** Makes a URI of an entry's id, as Atom requires. */
function urn(id: string): string {
  return id.includes(':') ? id : `urn:uuid:${id}`
}

/** Formats UTC milliseconds as Atom does: `2026-02-26T00:00:00.000Z`. */
function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
