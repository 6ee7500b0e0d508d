import { admitted, call, inTurn } from '#lib/browser/api-client.ts'
import type { Comment, ListedComments, ReportReason, Sort } from '#lib/comments/comment.ts'

/** What is asked and sent once the comments are on the page; `lib/browser/api-client.ts` has what comes before. */

/** Where a page of comments begins: at a comment, or after the `next` of the page before. */
export type Start = { sort: Sort; page?: string | undefined; after?: string | undefined }

export const fetchComments = ({ sort, ...position }: Start) => {
  const query = new URLSearchParams(sort === 'newest' ? {} : { sort })
  for (const [name, value] of Object.entries(position)) if (value) query.set(name, value)
  return call<ListedComments>('GET', `/api/comments${query.size ? `?${query}` : ''}`)
}

export const changeComment = (id: string, text: string) =>
  inTurn(() => call<Comment>('PATCH', `/api/comments/${id}`, { text }))

/** Answers with the place that it leaves, or with an empty object. */
export const deleteComment = (id: string) =>
  inTurn(() => call<Partial<Comment>>('DELETE', `/api/comments/${id}`))

export const reportComment = (id: string, reason: ReportReason, note: string) =>
  inTurn(() =>
    admitted((token) => call('POST', `/api/comments/${id}/reports`, { reason, note, token })),
  )
