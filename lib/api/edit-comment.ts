import { refuseLimited } from '#lib/api/admission.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { readReader } from '#lib/api/reader-cookie.ts'
import { fingerprint, holdReason } from '#lib/comments/screening.ts'
import { type Edited, getStore } from '#lib/store/index.ts'
import { hashNetworkForBans } from '#lib/api/visitor.ts'
import words from '#messages/refusals.json' with { type: 'json' }

const PROBLEMS = {
  gone: [404, 'not_found', words.gone],
  not_yours: [403, 'not_yours', words.notYours],
  too_late: [409, 'too_late', words.tooLate],
} as const

/** The comment that a request to `/api/comments/[id]` names. */
export function idOf(request: Request): string {
  return new URL(request.url).pathname.split('/')[3]!.toLowerCase()
}

export function notFound(): RequestError {
  return new RequestError(...PROBLEMS.gone)
}

/**
 * Gives a comment other words, which are looked at as a new comment's are.
 *
 * @throws {RequestError} 403 not the reader's, 404, 409 too late, 429
 */
export async function changeComment(request: Request, text: string): Promise<Comment> {
  const policy = await getCommentPolicy()
  const findings = { name: '', text, body: parseComment(text), proven: true, filledHoneypot: false }
  // What was published although each waits has been approved as it stood.
  const screened = { holdReason: holdReason(findings, policy), fingerprint: fingerprint(text) }
  const own = await identifyOwn(request)
  const store = await getStore()
  return commentOf(await store.editComment({ ...own, text, ...screened }))!
}

/**
 * Deletes a comment for its writer; returns its place when that is shown.
 *
 * @throws {RequestError} 403 not the reader's, 404, 409 too late, 429
 */
export async function deleteComment(request: Request): Promise<Comment | undefined> {
  const own = await identifyOwn(request)
  const store = await getStore()
  return commentOf(await store.deleteOwnComment(own))
}

/** Returns the comment that a request names, and who asks to change it. */
async function identifyOwn(request: Request) {
  const reader = await readReader(request.headers.get('cookie'))
  if (reader === undefined) throw new RequestError(...PROBLEMS.not_yours)
  return { id: idOf(request), reader, banNetworkHash: await hashNetworkForBans(request) }
}

function commentOf(edited: Edited): Comment | undefined {
  refuseLimited(edited)
  if (!('problem' in edited)) return edited.comment
  const [status, code, message] = PROBLEMS[edited.problem]
  throw new RequestError(status, code, message)
}
