import type { Comment, CommentPage } from '#lib/comments.ts'
import type { Tally, Vote } from '#lib/votes.ts'

/** The server said no, or could not be reached (status 0); `message` is a sentence for the reader. */
export class ApiError extends Error {
  readonly status: number
  readonly fields: Record<string, string>

  constructor(status: number, message: string, fields: Record<string, string> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.fields = fields
  }
}

export const fetchTally = () => call<Tally>('GET', '/api/votes')

export const sendVote = (vote: Vote) => inTurn(() => call<Tally>('POST', '/api/votes', { vote }))

export const sendView = () => call<{ views: number }>('POST', '/api/views')

/** @param after the `next` of the page before; the newest comments without it. */
export const fetchComments = (after?: string) =>
  call<CommentPage>('GET', `/api/comments${after ? `?after=${after}` : ''}`)

/** @param comment `key` is a UUID made for this comment; sending it again never doubles it. */
export const sendComment = (comment: { name: string; text: string; key: string }) =>
  inTurn(() => call<Comment>('POST', '/api/comments', comment))

let last: Promise<unknown> = Promise.resolve()

/** One after another: the first answer brings the cookie that makes the next the same reader's. */
function inTurn<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  const sent = last.then(send, send)
  last = sent
  return sent
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers: body && { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })
  } catch {
    throw new ApiError(0, 'We could not reach the server. Please check your connection.')
  }
  // Something between here and the server may answer in its place, or cut the answer off.
  const answer = await response.json().catch(() => undefined)
  if (response.ok && answer) return answer
  const { message, fields } = answer?.error ?? {}
  throw new ApiError(
    response.status,
    message ?? 'The server’s answer could not be understood. Please try again.',
    fields,
  )
}
