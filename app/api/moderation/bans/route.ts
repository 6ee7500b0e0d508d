import { readBody } from '#lib/http/request-body.ts'
import { banInput } from '#lib/api/moderation-input.ts'
import { seeOther } from '#lib/http/responses.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { route } from '#lib/api/route.ts'
import { requireModerator } from '#lib/api/moderator-session.ts'
import { getStore } from '#lib/store/index.ts'
import messages from '#messages/desk-refusals.json' with { type: 'json' }

const PROBLEMS = {
  gone: [404, messages.banGone],
  unknown: [409, messages.banUnknown],
} as const

export const POST = route(async (request) => {
  const moderator = (await requireModerator(request)).name
  const input = await readBody(request, banInput)
  const store = await getStore()
  if (input.act === 'unban') {
    if (await store.liftBan(input.ban, moderator)) return seeOther('/moderation/bans')
    throw new RequestError(404, 'not_found', messages.banEnded)
  }
  const { comment, kind, time } = input
  const banned = await store.addBan({ comment, kind, time, moderator })
  if (!('problem' in banned)) return seeOther(`/moderation/comment?id=${comment}`)
  const [status, message] = PROBLEMS[banned.problem]
  throw new RequestError(status, `ban_${banned.problem}`, message)
})
