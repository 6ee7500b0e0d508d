import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import type { Comment, CommentPage } from '#lib/comments/comment.ts'

/** Values that most comments have: a page sends only what differs from them. */
const USUAL = {
  parent: null,
  depth: 0,
  editedAt: null,
  status: 'published',
  byAuthor: false,
  mine: false,
} as const

/** A comment as the props of an island have it; the markup beside it has the rest. */
type CompactComment = Pick<Comment, 'id' | 'name' | 'createdAt'> & Partial<Comment>
export type CompactPage = Omit<CommentPage, 'comments'> & { comments: CompactComment[] }

/**
 * Leaves out of a page’s comments what its markup has as well: all texts but those of the reader’s own
 * comments, which can be edited. `expandComments` is the reverse.
 */
export function compactComments({ comments, ...page }: CommentPage): CompactPage {
  return { ...page, comments: comments.map(compactComment) }
}

function compactComment(whole: Comment): CompactComment {
  const { text, body: _, votes, ...comment } = whole
  const unusual = Object.entries(comment).filter(
    ([name, value]) => USUAL[name as keyof typeof USUAL] !== value,
  )
  const isVoted = votes.up > 0 || votes.down > 0
  const { id, name, createdAt } = comment
  return {
    id,
    name,
    createdAt,
    ...Object.fromEntries(unusual),
    ...(comment.mine && { text }),
    ...(isVoted && { votes }),
  }
}

/** Completes compact comments from the markup of the page they are on. Complete comments stay as they are. */
export function expandComments(page: CompactPage): CommentPage {
  return {
    ...page,
    comments: page.comments.map((comment) => ({
      ...USUAL,
      text: '',
      votes: { up: 0, down: 0, mine: null },
      ...comment,
      body: comment.body ?? readBody(document.getElementById(`comment-${comment.id}`)),
    })),
  }
}

function readBody(article: Element | null): CommentNode[] {
  const text = article?.querySelector('.comment-text')
  return text ? readNodes(text) : []
}

const TYPES = {
  P: 'paragraph',
  EM: 'emphasis',
  STRONG: 'strong',
  BLOCKQUOTE: 'quote',
  LI: 'item',
} as const

/**
 * Reads the syntax tree back from what `components/comments/comment-text.tsx` rendered. Of elements that
 * extensions have added it reads the text.
 */
function readNodes(element: Element): CommentNode[] {
  return [...element.childNodes].flatMap((node): CommentNode[] => {
    if (node.nodeType === Node.TEXT_NODE) return [node.textContent!]
    if (!(node instanceof Element)) return []
    const name = node.nodeName
    if (name === 'BR') return [{ type: 'break' }]
    if (name === 'CODE') return [{ type: 'code', text: node.textContent }]
    if (name === 'PRE') return [{ type: 'codeBlock', text: node.textContent }]
    const children = readNodes(node)
    if (name === 'UL' || name === 'OL')
      return [
        { type: 'list', start: node instanceof HTMLOListElement ? node.start : null, children },
      ]
    if (node instanceof HTMLAnchorElement)
      return [{ type: 'link', address: node.getAttribute('href')!, children }]
    if (name in TYPES) return [{ type: TYPES[name as keyof typeof TYPES], children }]
    return children
  })
}
