import { refuseLimited } from '#lib/admission.ts'
import { isForm, readBody, readQuery } from '#lib/body.ts'
import { getCommentPolicy } from '#lib/comment-policy.ts'
import { type ListedComments, permalink } from '#lib/comments.ts'
import { json, RequestError, route, seeOther } from '#lib/http.ts'
import { commentsInput, commentsQuery } from '#lib/input.ts'
import { previewOf } from '#lib/preview.ts'
import { readReader } from '#lib/reader.ts'
import { getStore } from '#lib/store/index.ts'
import { screenComment } from '#lib/submission.ts'
import words from '#messages/refusals.json' with { type: 'json' }

const PROBLEMS = {
  key_used: words.keyUsed,
  parent_gone: words.parentGone,
}

export const GET = route(async (request) => {
  const readAt = Date.now()
  const store = await getStore()
  const reader = await readReader(request.headers.get('cookie'))
  const { page: at, ...position } = readQuery(request, commentsQuery)
  const page = await store.readComments({ at, ...position }, reader)
  const { comments: state } = await getCommentPolicy()
  if (page) return json({ ...page, closed: state === 'closed', readAt } satisfies ListedComments)
  throw new RequestError(404, 'not_found', words.noStart)
})

export const POST = route(async (request) => {
  const input = await readBody(request, commentsInput)
  if (input.act === 'preview') return previewOf(input.text)
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
