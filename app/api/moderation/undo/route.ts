import { readBody } from '#lib/http/request-body.ts'
import { undoInput } from '#lib/api/moderation-input.ts'
import { problemSentences } from '#lib/moderation/moderation-messages.ts'
import { undoAll } from '#lib/api/moderate.ts'
import { seeOther } from '#lib/http/responses.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { route } from '#lib/api/route.ts'
import { requireModerator } from '#lib/api/moderator-session.ts'

export const POST = route(async (request) => {
  const moderator = await requireModerator(request)
  const { batch, from } = await readBody(request, undoInput)
  const problems = problemSentences(await undoAll(batch, moderator.name))
  if (problems) throw new RequestError(409, 'changed_meanwhile', problems.join('\n'))
  return seeOther(from === 'log' ? '/moderation/log' : '/moderation')
})
