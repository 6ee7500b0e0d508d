import { refuseLimited } from '#lib/api/admission.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { parseComment } from '#lib/comments/markdown.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { RequestError } from '#lib/http/responses.ts'
import { readReader } from '#lib/api/reader-cookie.ts'
import { fingerprint, holdReason } from '#lib/comments/screening.ts'
import { getStore } from '#lib/store/index.ts'
import { hashOrigin } from '#lib/api/visitor.ts'
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
  const findings = { name: '', text, body: parseComment(text), proven: true, trapped: false }
  // What was published although each waits has been approved as it stood.
  const held = holdReason(findings, policy)
  const changed = await edit(request, { text, held, words: fingerprint(text) })
  return changed!
}

/** Deletes a comment; answers with its place when that is shown. The same refusals. */
export function deleteComment(request: Request): Promise<Comment | undefined> {
  return edit(request, {})
}

async function edit(
  request: Request,
  change: { text?: string; held?: string | undefined; words?: string | undefined },
): Promise<Comment | undefined> {
  const reader = await readReader(request.headers.get('cookie'))
  if (reader === undefined) throw new RequestError(...PROBLEMS.not_yours)
  const origin = await hashOrigin(request)
  const store = await getStore()
  const edited = await store.editComment({ id: idOf(request), reader, origin, ...change })
  refuseLimited(edited)
  if ('problem' in edited) {
    const [status, code, message] = PROBLEMS[edited.problem]
    throw new RequestError(status, code, message)
  }
  return edited.comment
}
