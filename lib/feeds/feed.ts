import { v5 as uuidOfName } from 'uuid'
import { element, escapeText, type Xml } from '#lib/xml.ts'

/** A feed, as it is written in any of the formats. */
export type Feed = {
  /** A URI that identifies the feed wherever it is read. */
  id: string
  title: string
  subtitle?: string
  /** The address of the page that the feed is about. */
  url: string
  /** The feed's own address; left out where that holds a secret. */
  self?: string | undefined
  /** A language tag such as `en`, where the whole feed is in one language. */
  language?: string | undefined
  /** UTC milliseconds: when the feed changed last while it has no entries. */
  startedAt: number
  entries: Entry[]
}

export type Entry = {
  /** A UUID, or a URI. */
  id: string
  title: string
  summary?: string
  url: string
  author: string
  /** The address of the author's page. */
  authorUrl?: string
  /** UTC milliseconds. */
  publishedAt: number
  /** UTC milliseconds. */
  updatedAt: number
  /** Plain text, sanitized HTML, or elements of XHTML. */
  content: { text: string } | { html: string } | { xhtml: (Xml | string)[] }
  categories?: { term: string; label: string }[]
  enclosure?: Enclosure | undefined
  /** The entry that this one replies to: https://www.rfc-editor.org/rfc/rfc4685 */
  inReplyTo?: { id: string; url: string } | undefined
}

/** A file that belongs to an entry; `type` is its media type, `length` its size in bytes. */
export type Enclosure = { url: string; type: string; length: number }

/** Returns the UTC milliseconds of the last change. */
export function feedUpdatedAt({ startedAt, entries }: Feed): number {
  return entries.length > 0 ? Math.max(...entries.map(({ updatedAt }) => updatedAt)) : startedAt
}

/** Returns the content of an entry as HTML. */
export function contentHtml(content: Entry['content']): string {
  if ('html' in content) return content.html
  if ('text' in content) return element('p', {}, content.text).toString()
  return content.xhtml.map((node) => (typeof node === 'string' ? escapeText(node) : node)).join('')
}

/**
 * Makes the id of a feed or an entry, a URI: its address, or a UUID made of its name where the site does
 * not know its own address (`origin` is empty).
 */
export function feedId(origin: string, path: string, name: string): string {
  return origin ? origin + path : `urn:uuid:${uuidOfName(`${path} ${name}`, uuidOfName.URL)}`
}
