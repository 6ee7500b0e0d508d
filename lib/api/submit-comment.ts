import type * as z from 'zod'
import { admissionOf } from '#lib/api/admission.ts'
import { requireBudget } from '#lib/api/budgets.ts'
import { type CommentPolicy, getCommentPolicy } from '#lib/api/comment-policy.ts'
import type { commentInput } from '#lib/api/input.ts'
import { readModerator } from '#lib/api/moderator-session.ts'
import { identify, identifyVisitor } from '#lib/api/sender.ts'
import { FORM_KEY } from '#lib/comments/comment.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { isMadeOf, looksLike } from '#lib/comments/look-alikes.ts'
import { fingerprint, holdReason } from '#lib/comments/screening.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { clientAddress } from '#lib/http/request-origin.ts'
import { ownTurn } from '#lib/own-turn.ts'
import { getSettings } from '#lib/settings/settings.ts'
import type { NewComment } from '#lib/store/index.ts'
import commentMessages from '#messages/comments.json' with { type: 'json' }
import moderationMessages from '#messages/desk-refusals.json' with { type: 'json' }
import messages from '#messages/refusals.json' with { type: 'json' }

type CommentInput = z.infer<typeof commentInput>

/** A comment as the store takes it, and the headers of the answer once it is stored. */
type Submission = { comment: NewComment; headers: Record<string, string> }

/**
 * Makes of a request the comment that the store takes, with a reason to hold it for approval where one of
 * the publisher's rules has one.
 *
 * @throws {RequestError} 403 comments are closed, or not signed in as a moderator, 409 the form has
 *   expired, 422 the name looks like the author's or an office's, 429 the form was sent too soon, or the network has sent
 *   many texts
 */
export async function screenComment(request: Request, input: CommentInput): Promise<Submission> {
  const policy = await getCommentPolicy()
  if (input.as === 'author') return authorsComment(request, input, policy.author)
  if (policy.comments === 'closed')
    throw new RequestError(403, 'comments_closed', commentMessages.closed)
  const { name, text, parent, token, topic: honeypot } = input
  refuseReservedName(name, policy)
  const { sender, form, admission } = await admissionOf(request, token)
  if (form) requireFormAge(form.madeAt)
  requireBudget('texts', clientAddress(request))
  await ownTurn()
  const findings = {
    name,
    text,
    body: parseComment(text),
    proven: form?.proven ?? false,
    filledHoneypot: Boolean(honeypot),
  }
  const comment: NewComment = {
    ...admission,
    reader: sender.reader,
    networks: sender.networks,
    parent,
    name,
    text,
    key: await keyOf(request, input, name),
    holdReason: holdReason(findings, policy),
    fingerprint: fingerprint(text),
  }
  return { comment, headers: sender.headers }
}

function refuseReservedName(name: string, { author, reservedNames }: CommentPolicy): void {
  const isAuthors = looksLike(name, author)
  if (!isAuthors && !isMadeOf(name, reservedNames)) return
  const problem = isAuthors ? messages.authorsName : messages.reservedName
  throw new RequestError(422, 'invalid', problem, { fields: { name: problem } })
}

/** Makes the comment that a moderator posts in the author's name, which is published at once. */
async function authorsComment(
  request: Request,
  input: CommentInput,
  name: string,
): Promise<Submission> {
  const moderator = await readModerator(request.headers.get('cookie'))
  if (!moderator) throw new RequestError(403, 'not_signed_in', moderationMessages.notSignedIn)
  const { reader, networks, headers } = await identify(request)
  const comment: NewComment = {
    reader,
    networks,
    parent: input.parent,
    name,
    text: input.text,
    key: await keyOf(request, input, name),
    byAuthor: true,
    moderator: moderator.name,
  }
  return { comment, headers }
}

/**
 * Returns the key under which a comment is stored once. A form without script has none: there the same
 * words from one browser on one day are one comment.
 */
async function keyOf(
  request: Request,
  { key, text, parent }: CommentInput,
  name: string,
): Promise<string> {
  if (key !== undefined) return key
  return FORM_KEY + (await identifyVisitor(request, name, text, parent ?? '')).viewer
}

function requireFormAge(madeAt: number): void {
  const wait = madeAt + getSettings().FORM_SECONDS * 1_000 - Date.now()
  if (wait <= 0) return
  const retryAfter = Math.ceil(wait / 1_000)
  throw new RequestError(429, 'too_fast', messages.tooFast, { retryAfter })
}
