import { refuseLimited } from '#lib/api/limit-error.ts'
import { isForm, readBody, readQuery } from '#lib/http/request-body.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { type ListedComments, permalink } from '#lib/comments/comment.ts'
import { json, jsonText, seeOther } from '#lib/http/responses.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { route } from '#lib/api/route.ts'
import { commentsInput, commentsQuery } from '#lib/api/input.ts'
import { previewComment } from '#lib/api/preview-comment.ts'
import { readReader } from '#lib/api/reader-cookie.ts'
import { sharedAnswer } from '#lib/api/shared-answer.ts'
import { getStore, type Position } from '#lib/store/index.ts'
import { screenComment } from '#lib/api/submit-comment.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

const PROBLEMS = {
  key_used: messages.keyUsed,
  parent_gone: messages.parentGone,
}

export const GET = route(async (request) => {
  const { page: at, ...position } = readQuery(request, commentsQuery)
  const reader = await readReader(request.headers.get('cookie'))
  const list = () => listComments({ at, ...position }, reader)
  // Those without a cookie see the same.
  if (reader !== undefined) return jsonText(await list())
  const { sort, after } = position
  return jsonText(await sharedAnswer(`comments ${at} ${after} ${sort}`, list))
})

async function listComments(position: Position, reader: string | undefined): Promise<string> {
  const readAt = Date.now()
  const page = await (await getStore()).readComments(position, reader)
  if (!page) throw new RequestError(404, 'not_found', messages.noStart)
  const { comments: state } = await getCommentPolicy()
  return JSON.stringify({ ...page, closed: state === 'closed', readAt } satisfies ListedComments)
}

export const POST = route(async (request) => {
  const input = await readBody(request, commentsInput)
  if (input.act === 'preview') return previewComment(request, input.text)
  const { comment, headers } = await screenComment(request, input)
  const added = await (await getStore()).addComment(comment)
  if ('problem' in added) throw new RequestError(409, added.problem, PROBLEMS[added.problem])
  refuseLimited(added)
  // A repeat from a browser that missed the first answer must not replace the cookie it may yet get.
  const isOwn = added.reader === comment.reader
  const cookie = isOwn ? headers : {}
  if (!isForm(request)) return json(added.comment, 201, cookie)
  const isShown = isOwn || added.comment.status === 'published'
  return seeOther(isShown ? permalink(added.comment.id) : '/comments#comments', cookie)
})
