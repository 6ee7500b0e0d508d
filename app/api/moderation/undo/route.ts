import { readBody } from '#lib/body.ts'
import { undoInput } from '#lib/desk-input.ts'
import { problemSentence } from '#lib/desk-sentences.ts'
import { undoAll } from '#lib/desk.ts'
import { RequestError, route, seeOther } from '#lib/http.ts'
import { requireModerator } from '#lib/moderator.ts'

export const POST = route(async (request) => {
  const moderator = await requireModerator(request)
  const { batch, from } = await readBody(request, undoInput)
  const problem = problemSentence(await undoAll(batch, moderator.name))
  if (problem) throw new RequestError(409, 'changed_meanwhile', problem)
  return seeOther(from === 'log' ? '/moderation/log' : '/moderation')
})
