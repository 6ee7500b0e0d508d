import { readBody } from '#lib/http/request-body.ts'
import { decisionsInput } from '#lib/api/moderation-input.ts'
import { problemSentences } from '#lib/moderation/moderation-messages.ts'
import { decideAll } from '#lib/api/moderate.ts'
import { seeOther } from '#lib/http/responses.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { route } from '#lib/api/route.ts'
import { requireModerator } from '#lib/api/moderator-session.ts'

export const POST = route(async (request) => {
  const moderator = await requireModerator(request)
  const { act, comments, after, at } = await readBody(request, decisionsInput)
  const problems = problemSentences(await decideAll(act, comments, moderator.name))
  if (problems) throw new RequestError(409, 'changed_meanwhile', problems.join('\n'))
  if (at) return seeOther(`/moderation/comment?id=${at}`)
  return seeOther(after ? `/moderation?after=${after}` : '/moderation')
})
