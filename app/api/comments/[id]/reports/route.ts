import { admissionOf, refuseLimited } from '#lib/api/admission.ts'
import { isForm, readBody } from '#lib/http/request-body.ts'
import { idOf, notFound } from '#lib/api/edit-comment.ts'
import { json, seeOther } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { reportInput } from '#lib/api/input.ts'
import { getStore } from '#lib/store/index.ts'

export const POST = route(async (request) => {
  const comment = idOf(request)
  const { reason, note, token } = await readBody(request, reportInput)
  const { reader, headers, admission } = await admissionOf(request, token)
  const reported = await (
    await getStore()
  ).addReport({ comment, reader, reason, note, ...admission })
  if (!reported) throw notFound()
  refuseLimited(reported)
  if (!isForm(request)) return json(reported, 201, headers)
  return seeOther(`/comments?page=${comment}&act=reported#comment-${comment}`, headers)
})
