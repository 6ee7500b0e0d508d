import { admissionOf } from '#lib/api/admission.ts'
import { refuseLimited } from '#lib/api/limit-error.ts'
import { isForm, readBody } from '#lib/http/request-body.ts'
import { commentIdOf, commentNotFound } from '#lib/api/edit-comment.ts'
import { json, seeOther } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { reportInput } from '#lib/api/input.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { getStore } from '#lib/store/index.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

export const POST = route(async (request) => {
  const comment = commentIdOf(request)
  const { reason, note, token } = await readBody(request, reportInput)
  const { sender, admission } = await admissionOf(request, token)
  const { reader, headers } = sender
  const store = await getStore()
  const reported = await store.addReport({ comment, reader, reason, note, ...admission })
  if (!reported) throw commentNotFound()
  if ('problem' in reported) throw new RequestError(403, reported.problem, messages.ownReport)
  refuseLimited(reported)
  if (!isForm(request)) return json(reported, 201, headers)
  return seeOther(`/comments?page=${comment}&act=reported#comment-${comment}`, headers)
})
