import { refuseLimited } from '#lib/admission.ts'
import { isForm, readBody, readQuery } from '#lib/body.ts'
import { permalink } from '#lib/comments.ts'
import { json, RequestError, route, seeOther } from '#lib/http.ts'
import { commentInput, commentsQuery } from '#lib/input.ts'
import { readReader } from '#lib/reader.ts'
import { getStore } from '#lib/store/index.ts'
import { screenComment } from '#lib/submission.ts'

export const GET = route(async (request) => {
  const store = await getStore()
  const reader = await readReader(request.headers.get('cookie'))
  const page = await store.readComments(readQuery(request, commentsQuery), reader)
  if (page) return json(page)
  throw new RequestError(404, 'not_found', 'The comment to go on from is not here.')
})

export const POST = route(async (request) => {
  const { comment, headers } = await screenComment(request, await readBody(request, commentInput))
  const added = await (await getStore()).addComment(comment)
  if (!added)
    throw new RequestError(
      409,
      'key_used',
      'This form has already posted a comment with other words. Post again to send these as well.',
    )
  refuseLimited(added)
  // A repeat from a browser that missed the first answer must not replace the cookie it may yet get.
  const isOwn = added.reader === comment.reader
  const cookie = isOwn ? headers : {}
  if (!isForm(request)) return json(added.comment, 201, cookie)
  const isShown = isOwn || !added.comment.held
  return seeOther(isShown ? permalink(added.comment.id) : '/comments#comments', cookie)
})
