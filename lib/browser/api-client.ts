import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import type { Comment } from '#lib/comments/comment.ts'
import type { Tally, Vote } from '#lib/votes.ts'
import messages from '#messages/page.json' with { type: 'json' }

/** Request timeout, in milliseconds. */
const REQUEST_TIMEOUT = 20_000

/**
 * A request that failed. `status` is 0 where the server could not be reached; `message` is a sentence for the
 * reader.
 */
export class ApiError extends Error {
  readonly status: number
  /** The server’s stable code for the error, such as `too_fast`; empty where something else answered. */
  readonly code: string
  readonly fields: Record<string, string>
  /** Seconds until it may be tried again; 0 where the server did not say. */
  readonly retryAfter: number

  constructor(
    status: number,
    message: string,
    { code = '', fields = {}, retryAfter = 0 }: Partial<ApiError> = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.fields = fields
    this.retryAfter = retryAfter
  }
}

/**
 * Fetches the votes on the story, with the reader’s own.
 *
 * @throws {ApiError}
 */
export const fetchTally = () => callApi<Tally>('GET', '/api/votes')

/**
 * Sends a vote.
 *
 * @param comment the id of the comment voted on; the story without it
 * @returns nothing where the vote is queued until the server can be reached
 * @throws {ApiError}
 */
export const sendVote = (vote: Vote, comment?: string) =>
  sendOrQueue<Tally>(`vote-${comment ?? ''}`, '/api/votes', { vote, comment })

/**
 * Counts a view of the story.
 *
 * @returns all views
 * @throws {ApiError}
 */
export const sendView = () => callApi<{ views: number }>('POST', '/api/views')

/**
 * Sends a comment.
 *
 * @param comment `key` is a UUID made for this comment: sent again, it is still one comment. `topic` is the
 *   honeypot. Without a `token` the comment is held for approval.
 * @returns nothing where the comment is queued until the server can be reached
 * @throws {ApiError}
 */
export const sendComment = ({
  token,
  ...comment
}: {
  name: string
  text: string
  parent: string | undefined
  key: string
  topic: string
  token: string | undefined
}) => sendOrQueue<Comment>(comment.key, '/api/comments', comment, token)

/**
 * Fetches the syntax tree of a text, to show how it will look.
 *
 * @throws {ApiError}
 */
export const fetchPreview = (text: string) =>
  callApi<{ body: CommentNode[] }>('POST', '/api/comments', { act: 'preview', text })

/** Makes a form token with a proof of work; undefined where the browser cannot. */
export const proveWork = () =>
  import('#lib/browser/proof-of-work.ts')
    .then(({ makeProof }) => makeProof())
    .catch(() => undefined)

type NewRequest = { id: string; path: string; body: object }

/** The door to `lib/browser/offline/offline-queue.ts`, for modules that must not load it at once. */
export const offlineQueue: {
  /** Whether requests are queued: what is sent meanwhile is queued behind them, and keeps its order. */
  hasRequests: boolean
  load?: () => Promise<{ enqueue(request: NewRequest): Promise<void>; sendQueue(): Promise<void> }>
} = { hasRequests: false }

/** Sends a request, or queues it where there is no network or the answer is not the server’s own. */
function sendOrQueue<Answer>(
  id: string,
  path: string,
  body: object,
  token?: string,
): Promise<Answer | undefined> {
  return sendInOrder(async () => {
    let failure: unknown
    if (!offlineQueue.hasRequests)
      try {
        return await sendWithRetry(
          (token) => callApi<Answer>('POST', path, { ...body, token }),
          token,
        )
      } catch (error) {
        if (!isUnsent(error as ApiError)) throw error
        failure = error
      }
    try {
      const { enqueue, sendQueue } = await offlineQueue.load!()
      await enqueue({ id, path, body })
      if (!failure) void sendQueue().catch(() => {})
    } catch (error) {
      throw failure ?? error
    }
  })
}

/** Tells whether the server has not refused the request: it may have been lost, or been accepted. */
export function isUnsent({ status, code }: ApiError): boolean {
  return !code && (status < 400 || status > 500)
}

/**
 * Sends a request, and once more where the server asks for a proof of work, another form token or more time.
 */
export async function sendWithRetry<Answer>(
  send: (token?: string) => Promise<Answer>,
  token?: string,
): Promise<Answer> {
  try {
    return await send(token)
  } catch (error) {
    const { code, retryAfter } = error as ApiError
    if (/^(proof_req|form_)/.test(code)) token = await proveWork()
    else if (code === 'too_fast') await new Promise((wait) => setTimeout(wait, retryAfter * 1_000))
    else throw error
    return send(token)
  }
}

let last: Promise<unknown> = Promise.resolve()

/**
 * Sends requests one after another: the first answer sets the cookie that makes the next ones the same
 * reader’s.
 */
export function sendInOrder<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  const sent = last.then(send, send)
  last = sent
  return sent
}

/**
 * Calls the API, with a body of JSON.
 *
 * @returns the body of the answer
 * @throws {ApiError}
 */
export async function callApi<Answer>(
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    })
  } catch {
    dispatchEvent(new Event('unreachable'))
    throw new ApiError(0, messages.unreachable)
  }
  // A proxy may answer in place of the server, or cut the answer off.
  const answer = await response.json().catch(() => undefined)
  if (response.ok && answer) return answer
  throw new ApiError(response.status, answer?.error?.message ?? messages.notUnderstood, {
    ...answer?.error,
    retryAfter: Number(response.headers.get('retry-after')),
  })
}
