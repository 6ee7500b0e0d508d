import { readBody } from '#lib/body.ts'
import { decisionsInput } from '#lib/desk-input.ts'
import { problemSentence } from '#lib/desk-sentences.ts'
import { decideAll } from '#lib/desk.ts'
import { RequestError, route, seeOther } from '#lib/http.ts'
import { requireModerator } from '#lib/moderator.ts'

export const POST = route(async (request) => {
  const moderator = await requireModerator(request)
  const { act, comments, after, at } = await readBody(request, decisionsInput)
  const problem = problemSentence(await decideAll(act, comments, moderator.name))
  if (problem) throw new RequestError(409, 'changed_meanwhile', problem)
  if (at) return seeOther(`/moderation/comment?id=${at}`)
  return seeOther(after ? `/moderation?after=${after}` : '/moderation')
})
