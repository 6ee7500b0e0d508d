import { isForm, readBody, readQuery } from '#lib/http/request-body.ts'
import { permalink } from '#lib/comments/comment.ts'
import {
  changeComment,
  deleteComment,
  commentIdOf,
  commentNotFound,
} from '#lib/api/edit-comment.ts'
import { json, seeOther } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { deleteInput, editForm, editInput, noQuery } from '#lib/api/input.ts'
import { previewComment } from '#lib/api/preview-comment.ts'
import { readReader } from '#lib/api/reader-cookie.ts'
import { getStore } from '#lib/store/index.ts'

export const GET = route(async (request) => {
  readQuery(request, noQuery)
  const reader = await readReader(request.headers.get('cookie'))
  const comment = await (await getStore()).readComment(commentIdOf(request), reader)
  if (comment) return json(comment)
  throw commentNotFound()
})

export const PATCH = route(async (request) => {
  const { text } = await readBody(request, editInput)
  return json(await changeComment(request, text))
})

export const DELETE = route(async (request) => {
  if (request.headers.get('content-type')) await readBody(request, deleteInput)
  return json((await deleteComment(request)) ?? {})
})

/** What PATCH and DELETE do, for a form. */
export const POST = route(async (request) => {
  const input = await readBody(request, editForm)
  if (input.act === 'preview') return previewComment(request, input.text)
  const comment =
    input.act === 'edit' ? await changeComment(request, input.text) : await deleteComment(request)
  if (!isForm(request)) return json(comment ?? {})
  if (input.act === 'delete')
    return seeOther(`/comments?act=deleted${comment ? `&page=${comment.id}` : ''}#done`)
  return seeOther(comment ? permalink(comment.id) : '/comments#comments')
})
