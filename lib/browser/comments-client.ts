import { sendWithRetry, callApi, sendInOrder } from '#lib/browser/api-client.ts'
import type { Comment, ListedComments, ReportReason, Sort } from '#lib/comments/comment.ts'

/** Requests what the list of comments needs: apart from `lib/browser/api-client.ts`, which is loaded before it. */

/** Where a page of comments begins: at the comment `page`, or after the `next` of the page before. */
export type ListPosition = { sort: Sort; page?: string | undefined; after?: string | undefined }

/**
 * Fetches a page of comments.
 *
 * @throws {ApiError}
 */
export const fetchComments = ({ sort, ...position }: ListPosition) => {
  const query = new URLSearchParams(sort === 'newest' ? {} : { sort })
  for (const [name, value] of Object.entries(position)) if (value) query.set(name, value)
  return callApi<ListedComments>('GET', `/api/comments${query.size ? `?${query}` : ''}`)
}

/**
 * Changes the text of the reader’s own comment.
 *
 * @returns the comment as it is now
 * @throws {ApiError}
 */
export const sendEdit = (id: string, text: string) =>
  sendInOrder(() => callApi<Comment>('PATCH', `/api/comments/${id}`, { text }))

/**
 * Deletes the reader’s own comment.
 *
 * @returns the placeholder that stays where there are replies, or an empty object
 * @throws {ApiError}
 */
export const sendDeletion = (id: string) =>
  sendInOrder(() => callApi<Partial<Comment>>('DELETE', `/api/comments/${id}`))

/**
 * Reports a comment to the moderators.
 *
 * @throws {ApiError}
 */
export const sendReport = (id: string, reason: ReportReason, note: string) =>
  sendInOrder(() =>
    sendWithRetry((token) =>
      callApi('POST', `/api/comments/${id}/reports`, { reason, note, token }),
    ),
  )
