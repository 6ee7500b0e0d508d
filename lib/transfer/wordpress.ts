import type { Discussion, ForeignComment } from '#lib/transfer/foreign-comments.ts'
import { withLineBreaks } from '#lib/transfer/html-to-markdown.ts'
import { readElements, type XmlElement } from '#lib/transfer/xml-reader.ts'

const LEAVES = new Set([
  'title',
  'wp:base_blog_url',
  'wp:author',
  'dc:creator',
  'wp:post_id',
  'wp:comment',
])

/** Reads the comments of a WordPress export (WXR), each with its post. */
export async function* readWordPress(
  xml: AsyncIterable<string>,
): AsyncGenerator<{ discussion: Discussion; comment: ForeignComment }> {
  const logins = new Map<string, string>()
  let [site, title, creator, id] = ['', '', '', '']
  for await (const element of readElements(xml, LEAVES, new Set(['item']))) {
    const text = element.text.trim()
    if (element.name === 'item') [title, creator, id] = ['', '', '']
    else if (element.name === 'title') title = text
    else if (element.name === 'dc:creator') creator = text
    else if (element.name === 'wp:post_id') id = text
    else if (element.name === 'wp:base_blog_url') site = text
    else if (element.name === 'wp:author') {
      const child = childrenOf(element)
      logins.set(child('wp:author_id'), child('wp:author_login'))
    } else {
      const login = logins.get(childrenOf(element)('wp:comment_user_id'))
      const byAuthor = login !== undefined && login === creator
      yield { discussion: { id, title }, comment: readComment(element, site, byAuthor) }
    }
  }
}

function readComment(element: XmlElement, site: string, byAuthor: boolean): ForeignComment {
  const child = childrenOf(element)
  const source = (id: string) => `wordpress ${site} ${id}`
  const approved = child('wp:comment_approved')
  const type = child('wp:comment_type')
  const parent = child('wp:comment_parent')
  const user = child('wp:comment_user_id')
  const isUser = user !== '' && user !== '0'
  const name = child('wp:comment_author')
  return {
    id: source(child('wp:comment_id')),
    parent: parent === '' || parent === '0' ? undefined : source(parent),
    // Without user and address, each comment counts as another writer's: many share a name.
    writer: source(
      isUser
        ? `user ${user}`
        : child('wp:comment_author_email') || `comment ${child('wp:comment_id')}`,
    ),
    name,
    html: withLineBreaks(child('wp:comment_content')),
    time: readTime(child('wp:comment_date_gmt')) || readTime(child('wp:comment_date')),
    status: approved === '1' ? 'published' : 'held',
    byAuthor,
    unwanted: /^(|comment)$/.test(type)
      ? /^[01]$/.test(approved)
        ? undefined
        : approved || 'without a status'
      : type,
  }
}

function childrenOf({ children }: XmlElement): (name: string) => string {
  return (name) => children[name]?.text.trim() ?? ''
}

/** Reads a time in UTC, such as `2012-05-01 17:03:11`; returns NaN for another text. */
function readTime(text: string): number {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(text.replace(' ', 'T') + 'Z')
    : NaN
}
