import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import { type Comment, permalink } from '#lib/comments/comment.ts'
import { loadContent } from '#lib/story/content.ts'
import { makeAtomFeed } from '#lib/feeds/atom.ts'
import { type Entry, feedId } from '#lib/feeds/feed.ts'
import { getStore } from '#lib/store/index.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import { element, type Xml } from '#lib/xml.ts'
import messages from '#messages/comments-feed.json' with { type: 'json' }
import page from '#messages/comments-page.json' with { type: 'json' }

/**
 * Makes an Atom feed of the newest public comments.
 *
 * @param origin of the site; empty where it does not know its own: then addresses are relative
 */
export async function makeCommentsFeed(origin: string): Promise<string> {
  const [{ article }, comments] = await Promise.all([
    loadContent(),
    (await getStore()).readNewest(),
  ])
  return makeAtomFeed({
    id: feedId(origin, '/comments.atom', article.title),
    title: fill(page.title, { title: article.title }),
    url: `${origin}/comments`,
    self: origin && `${origin}/comments.atom`,
    language: uiLanguage,
    startedAt: Date.parse(article.date),
    entries: comments.map((comment) => entryOf(comment, article.title, origin)),
  })
}

function entryOf(comment: Comment, story: string, origin: string): Entry {
  const { id, name, parent, createdAt, editedAt, body, byAuthor } = comment
  return {
    id,
    title: parent?.name
      ? fill(messages.answer, { name, other: parent.name })
      : fill(messages.comment, { name, title: story }),
    url: origin + permalink(id),
    publishedAt: createdAt,
    updatedAt: editedAt ?? createdAt,
    author: name,
    content: { xhtml: body.map(toXhtml) },
    categories: byAuthor ? [{ term: 'author', label: messages.byAuthor }] : [],
    inReplyTo: parent ? { id: parent.id, url: origin + permalink(parent.id) } : undefined,
  }
}

const NAMES = {
  emphasis: 'em',
  item: 'li',
  paragraph: 'p',
  quote: 'blockquote',
  strong: 'strong',
} as const

/** Makes XHTML of a comment's text, the same elements as `components/comments/comment-text.tsx`. */
function toXhtml(node: CommentNode): Xml | string {
  if (typeof node === 'string') return node
  switch (node.type) {
    case 'break':
      return element('br')
    case 'code':
      return element('code', {}, node.text)
    case 'codeBlock':
      return element('pre', {}, element('code', {}, node.text))
    case 'link':
      return element(
        'a',
        { href: node.address, rel: 'nofollow ugc noopener' },
        ...node.children.map(toXhtml),
      )
    case 'list':
      return node.start === null
        ? element('ul', {}, ...node.children.map(toXhtml))
        : element('ol', { start: String(node.start) }, ...node.children.map(toXhtml))
    default:
      return element(NAMES[node.type], {}, ...node.children.map(toXhtml))
  }
}
