import { sendWithRetry, callApi, sendInOrder } from '#lib/browser/api-client.ts'
import type { Comment, ListedComments, ReportReason, Sort } from '#lib/comments/comment.ts'

/** What is asked and sent once the comments are on the page; `lib/browser/api-client.ts` has what comes before. */

/** Where a page of comments begins: at a comment, or after the `next` of the page before. */
export type ListPosition = { sort: Sort; page?: string | undefined; after?: string | undefined }

export const fetchComments = ({ sort, ...position }: ListPosition) => {
  const query = new URLSearchParams(sort === 'newest' ? {} : { sort })
  for (const [name, value] of Object.entries(position)) if (value) query.set(name, value)
  return callApi<ListedComments>('GET', `/api/comments${query.size ? `?${query}` : ''}`)
}

export const sendEdit = (id: string, text: string) =>
  sendInOrder(() => callApi<Comment>('PATCH', `/api/comments/${id}`, { text }))

/** Answers with the place that it leaves, or with an empty object. */
export const sendDeletion = (id: string) =>
  sendInOrder(() => callApi<Partial<Comment>>('DELETE', `/api/comments/${id}`))

export const sendReport = (id: string, reason: ReportReason, note: string) =>
  sendInOrder(() =>
    sendWithRetry((token) =>
      callApi('POST', `/api/comments/${id}/reports`, { reason, note, token }),
    ),
  )
