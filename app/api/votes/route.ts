import { admissionOf } from '#lib/api/admission.ts'
import { refuseLimited } from '#lib/api/limit-error.ts'
import { isForm, readBody, readQuery } from '#lib/http/request-body.ts'
import { permalink } from '#lib/comments/comment.ts'
import { json, seeOther } from '#lib/http/responses.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { route } from '#lib/api/route.ts'
import { noQuery, voteInput } from '#lib/api/input.ts'
import { VOTED_PATH } from '#lib/votes.ts'
import { readReader } from '#lib/api/reader-cookie.ts'
import { getStore } from '#lib/store/index.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

export const GET = route(async (request) => {
  readQuery(request, noQuery)
  const store = await getStore()
  return json(await store.readTally(await readReader(request.headers.get('cookie'))))
})

export const POST = route(async (request) => {
  const { vote, from, comment, token } = await readBody(request, voteInput)
  const store = await getStore()
  const { sender, admission } = await admissionOf(request, token)
  const { reader, headers } = sender
  const tally = await store.setVote({ reader, vote, comment, ...admission })
  if (!tally) throw new RequestError(404, 'not_found', messages.gone)
  if ('problem' in tally) throw new RequestError(403, tally.problem, messages.ownComment)
  refuseLimited(tally)
  if (!isForm(request)) return json(tally, 200, headers)
  if (comment) return seeOther(permalink(comment), headers)
  return seeOther(from === 'comments' ? '/comments#votes' : `${VOTED_PATH}#votes`, headers)
})
