import { element } from '#lib/xml.ts'

/** What programs that preview a link say of the page that it leads to. */
export type LinkPreview = { title: string; description: string }

/** Most characters of a description, as searches and cards show it. */
const MAX_DESCRIPTION = 160

/** Puts a preview into the head of a page, in place of its title. */
export function insertPreview(page: string, { title, description }: LinkPreview): string {
  const tags = [
    element('title', {}, title),
    element('meta', { name: 'description', content: description }),
    element('meta', { property: 'og:title', content: title }),
    element('meta', { property: 'og:description', content: description }),
  ]
  return page.replace(/<title>[^<]*<\/title>/, () => tags.join(''))
}

/** Returns the beginning of a text on one line, cut after a word. */
export function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= MAX_DESCRIPTION) return line
  const start = line.slice(0, MAX_DESCRIPTION).replace(/(?: \S*|[\ud800-\udbff])$/, '')
  return `${start}…`
}
