import { refuseLimited } from '#lib/api/limit-error.ts'
import { requireBudget } from '#lib/api/budgets.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { readReader } from '#lib/api/reader-cookie.ts'
import { identifyNetworksForBans } from '#lib/api/sender.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { fingerprint, holdReason } from '#lib/comments/screening.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { clientAddress } from '#lib/http/request-origin.ts'
import { ownTurn } from '#lib/own-turn.ts'
import { type Edited, getStore } from '#lib/store/index.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

const PROBLEMS = {
  gone: [404, 'not_found', messages.gone],
  not_yours: [403, 'not_yours', messages.notYours],
  too_late: [409, 'too_late', messages.tooLate],
} as const

/** Reads the id of the comment in the path of a request below `/api/comments/[id]`, in lower case. */
export function commentIdOf(request: Request): string {
  return new URL(request.url).pathname.split('/')[3]!.toLowerCase()
}

/** Makes the refusal of a comment that is not there, or not shown to the reader. */
export function commentNotFound(): RequestError {
  return new RequestError(...PROBLEMS.gone)
}

/**
 * Changes the text of a comment for its writer; the new text is screened as a new comment's is.
 *
 * @throws {RequestError} 403 not the reader's, or banned, 404, 409 too late, 429
 */
export async function changeComment(request: Request, text: string): Promise<Comment> {
  requireBudget('texts', clientAddress(request))
  await ownTurn()
  const policy = await getCommentPolicy()
  const findings = { name: '', text, body: parseComment(text), proven: true, filledHoneypot: false }
  // Where all comments are held, a published one was approved as it stood: its new text is held again.
  const screened = { holdReason: holdReason(findings, policy), fingerprint: fingerprint(text) }
  const own = await identifyOwn(request)
  const store = await getStore()
  return commentOf(await store.editComment({ ...own, text, ...screened }))!
}

/**
 * Deletes a comment for its writer; returns its place when that is shown.
 *
 * @throws {RequestError} 403 not the reader's, or banned, 404, 409 too late, 429
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
  const banNetworks = await identifyNetworksForBans(request)
  return { id: commentIdOf(request), reader, banNetworks }
}

function commentOf(edited: Edited): Comment | undefined {
  refuseLimited(edited)
  if (!('problem' in edited)) return edited.comment
  const [status, code, message] = PROBLEMS[edited.problem]
  throw new RequestError(status, code, message)
}
