import type { CommentNode } from '#lib/comments/comment-markdown.ts'
import type { Comment } from '#lib/comments/comment.ts'
import type { Tally, Vote } from '#lib/votes.ts'
import messages from '#messages/page.json' with { type: 'json' }

/** For an answer, in milliseconds. */
const REQUEST_TIMEOUT = 20_000

/** The server said no, or could not be reached (status 0); `message` is a sentence for the reader. */
export class ApiError extends Error {
  readonly status: number
  /** The server's word for it. */
  readonly code: string
  readonly fields: Record<string, string>
  /** When to try again, in seconds. */
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

export const fetchTally = () => callApi<Tally>('GET', '/api/votes')

/**
 * @param comment the id of what is voted on; the story without it
 * @returns nothing when it waits in the outbox
 */
export const sendVote = (vote: Vote, comment?: string) =>
  sendOrQueue<Tally>(`vote-${comment ?? ''}`, '/api/votes', { vote, comment })

export const sendView = () => callApi<{ views: number }>('POST', '/api/views')

/**
 * @param comment `key` is a UUID made for this comment; sending it again never doubles it. Without a
 *   token it waits for approval.
 * @returns nothing when it waits in the outbox
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

/** The tree of a text, as it will be shown. */
export const fetchPreview = (text: string) =>
  callApi<{ body: CommentNode[] }>('POST', '/api/comments', { act: 'preview', text })

/** A form's token with a proof of work; nothing where the browser cannot make one. */
export const proveWork = () =>
  import('#lib/browser/proof-of-work.ts')
    .then(({ makeProof }) => makeProof())
    .catch(() => undefined)

type NewRequest = { id: string; path: string; body: object }

/** `lib/browser/offline/offline-queue.ts`, for who does not load it. */
export const offlineQueue: {
  /** Something waits for the network: what is sent meanwhile must not overtake it. */
  hasRequests: boolean
  load?: () => Promise<{ enqueue(request: NewRequest): Promise<void>; sendQueue(): Promise<void> }>
} = { hasRequests: false }

/** For want of a network, or of an answer that is the server's own, it waits in the outbox. */
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

/** Nobody has refused it: it may yet be taken, or have been. */
export function isUnsent({ status, code }: ApiError): boolean {
  return !code && (status < 400 || status > 500)
}

/** Sends again, once, where the server wants work done first, another form, or more time. */
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

/** One after another: the first answer brings the cookie that makes the next the same reader's. */
export function sendInOrder<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  const sent = last.then(send, send)
  last = sent
  return sent
}

/** @throws {ApiError} */
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
  // Something between here and the server may answer in its place, or cut the answer off.
  const answer = await response.json().catch(() => undefined)
  if (response.ok && answer) return answer
  throw new ApiError(response.status, answer?.error?.message ?? messages.notUnderstood, {
    ...answer?.error,
    retryAfter: Number(response.headers.get('retry-after')),
  })
}
