/** An Atom feed: https://www.rfc-editor.org/rfc/rfc4287 */
export type Feed = {
  /** An address that stays the feed's name wherever it is read. */
  id: string
  title: string
  /** The page that it tells of. */
  url: string
  /** The address it is read from, where that may be told. */
  self?: string | undefined
  /** A tag such as `en`, when all of it is in one language. */
  language?: string | undefined
  entries: Entry[]
}

export type Entry = {
  /** A UUID. */
  id: string
  title: string
  url: string
  author: string
  /** UTC milliseconds */
  publishedAt: number
  updatedAt: number
  /** What is shown: text as it is, or HTML that is safe. */
  content: { text: string } | { html: string }
}

export const FEED_TYPE = 'application/atom+xml; charset=utf-8'

/** The feed as a document, well-formed whatever stands in its texts; the entries' order stays. */
export function makeFeed({ id, title, url, self, language, entries }: Feed): string {
  // An empty feed has no time of its own, and must name one.
  const updatedAt = Math.max(0, ...entries.map((entry) => entry.updatedAt))
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom"${language ? ` xml:lang="${escape(language)}"` : ''}>`,
    element('id', id),
    element('title', title),
    element('updated', timeOf(updatedAt)),
    `<link rel="alternate" type="text/html" href="${escape(url)}"/>`,
    ...(self ? [`<link rel="self" type="application/atom+xml" href="${escape(self)}"/>`] : []),
    ...entries.map(entryElement),
    '</feed>\n',
  ].join('\n')
}

function entryElement(entry: Entry): string {
  const { id, title, url, author, publishedAt, updatedAt, content } = entry
  const [type, text] = 'html' in content ? ['html', content.html] : ['text', content.text]
  return [
    '<entry>',
    element('id', `urn:uuid:${id}`),
    element('title', title),
    `<author>${element('name', author)}</author>`,
    element('published', timeOf(publishedAt)),
    element('updated', timeOf(updatedAt)),
    `<link rel="alternate" type="text/html" href="${escape(url)}"/>`,
    `<content type="${type}">${escape(text)}</content>`,
    '</entry>',
  ].join('\n')
}

function element(name: string, text: string): string {
  return `<${name}>${escape(text)}</${name}>`
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** What XML cannot hold in any spelling: https://www.w3.org/TR/xml/#charsets */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
// A bare carriage return would be read as a line feed.
const SPELLED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
}

function escape(text: string): string {
  return text.replace(IMPOSSIBLE, '').replace(/[&<>"'\r]/g, (character) => SPELLED[character]!)
}
