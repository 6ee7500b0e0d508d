import { permalink } from '#lib/comments.ts'
import { isForm, json, readBody, readQuery, RequestError, route, seeOther } from '#lib/http.ts'
import { commentInput, commentsQuery } from '#lib/input.ts'
import { identifyReader } from '#lib/reader.ts'
import { getStore } from '#lib/store/index.ts'
import { hashVisitor } from '#lib/visitor.ts'

export const GET = route(async (request) => {
  const store = await getStore()
  const page = await store.readComments(readQuery(request, commentsQuery))
  if (page) return json(page)
  throw new RequestError(404, 'not_found', 'The comment to go on from is not here.')
})

export const POST = route(async (request) => {
  const { name, text, key } = await readBody(request, commentInput)
  const store = await getStore()
  const { reader, headers } = await identifyReader(request)
  const added = await store.addComment({
    reader,
    name,
    text,
    // A form without script has none: the same words from one browser on a day are one comment.
    key: key ?? (await hashVisitor(request, name, text)).viewer,
  })
  if (!added)
    throw new RequestError(
      409,
      'key_used',
      'This form has already posted a comment with other words. Post again to send these as well.',
    )
  // A repeat from a browser that missed the first answer must not replace the cookie it may yet get.
  const cookie = added.reader === reader ? headers : {}
  return isForm(request)
    ? seeOther(permalink(added.comment.id), cookie)
    : json(added.comment, 201, cookie)
})
