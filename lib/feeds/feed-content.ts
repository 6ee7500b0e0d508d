import type { Entry } from '#lib/feeds/feed.ts'
import { element, escapeText } from '#lib/xml.ts'

/** An entry's content as HTML. */
export function htmlOf(content: Entry['content']): string {
  if ('html' in content) return content.html
  if ('text' in content) return element('p', {}, content.text).toString()
  return content.xhtml.map((node) => (typeof node === 'string' ? escapeText(node) : node)).join('')
}
