import type { Comment } from '#lib/comments/comment.ts'

/** Most UTF-16 units of the text on a page: fifty of the longest comments would be a book. */
const PAGE_UNITS = 50_000
/** Characters of a tree as JSON that count as one of its text: some texts are twenty times as long as trees. */
const TREE_UNITS = 3
/** Characters that a line counts as, however short it is: a page of thousands of lines is a book as well. */
const LINE_UNITS = 30

/** Counts how many of these comments, from the first on, fit on a page: at least one, so that the next continues. */
export function countFitting(comments: Pick<Comment, 'body' | 'text'>[]): number {
  let units = 0
  const end = comments.findIndex(({ body, text }) => {
    const lines = text.split('\n').length
    units += Math.max(text.length, lines * LINE_UNITS, JSON.stringify(body).length / TREE_UNITS)
    return units > PAGE_UNITS
  })
  return end < 0 ? comments.length : Math.max(end, 1)
}
