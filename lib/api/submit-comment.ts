import type * as z from 'zod'
import { admissionOf } from '#lib/api/admission.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { RequestError } from '#lib/http/request-error.ts'
import type { commentInput } from '#lib/api/input.ts'
import { looksLike } from '#lib/comments/names.ts'
import { FORM_KEY } from '#lib/comments/comment.ts'
import { fingerprint, holdReason } from '#lib/comments/screening.ts'
import { readModerator } from '#lib/api/moderator-session.ts'
import { identifyReader } from '#lib/api/reader-cookie.ts'
import { getSettings } from '#lib/settings/settings.ts'
import type { NewComment } from '#lib/store/index.ts'
import { hashNetwork, hashVisitor } from '#lib/api/visitor.ts'
import comments from '#messages/comments.json' with { type: 'json' }
import desk from '#messages/desk-refusals.json' with { type: 'json' }
import words from '#messages/refusals.json' with { type: 'json' }

/**
 * The comment of a request as the store takes it, held where something speaks for it; `headers` go with
 * the answer once it is kept.
 *
 * @throws {RequestError} 403 closed, or not signed in as a moderator, 409 the form is too old, 422 the
 *   author's name, 429 too fast
 */
export async function screenComment(
  request: Request,
  { name, text, parent, key, token, topic, as }: z.infer<typeof commentInput>,
): Promise<{ comment: NewComment; headers: Record<string, string> }> {
  const policy = await getCommentPolicy()
  if (as === 'author') return authorsComment(request, policy.author, { text, parent, key })
  if (policy.comments === 'closed') throw new RequestError(403, 'comments_closed', comments.closed)
  if (looksLike(name, policy.author)) {
    const problem = words.authorsName
    throw new RequestError(422, 'invalid', problem, { fields: { name: problem } })
  }
  const { reader, headers, form, admission } = await admissionOf(request, token)
  if (form) refuseHaste(form.madeAt)
  const proven = form?.proven ?? false
  const findings = { name, text, body: parseComment(text), proven, filledHoneypot: Boolean(topic) }
  const comment: NewComment = {
    ...admission,
    reader,
    network: admission.first?.network ?? (await hashNetwork(request)),
    parent,
    name,
    text,
    // A form without script has none: the same words from one browser on a day are one comment.
    key: key ?? FORM_KEY + (await hashVisitor(request, name, text, parent ?? '')).viewer,
    holdReason: holdReason(findings, policy),
    fingerprint: fingerprint(text),
  }
  return { comment, headers }
}

/** What a moderator posts in the author's name waits for nothing. */
async function authorsComment(
  request: Request,
  name: string,
  { text, parent, key }: Pick<z.infer<typeof commentInput>, 'text' | 'parent' | 'key'>,
): Promise<{ comment: NewComment; headers: Record<string, string> }> {
  const moderator = await readModerator(request.headers.get('cookie'))
  if (!moderator) throw new RequestError(403, 'not_signed_in', desk.notSignedIn)
  const { reader, headers } = await identifyReader(request)
  const comment: NewComment = {
    reader,
    network: await hashNetwork(request),
    parent,
    name,
    text,
    key: key ?? FORM_KEY + (await hashVisitor(request, name, text, parent ?? '')).viewer,
    byAuthor: true,
    moderator: moderator.name,
  }
  return { comment, headers }
}

function refuseHaste(madeAt: number): void {
  const wait = madeAt + getSettings().FORM_SECONDS * 1_000 - Date.now()
  if (wait <= 0) return
  throw new RequestError(429, 'too_fast', words.tooFast, { retryAfter: Math.ceil(wait / 1_000) })
}
