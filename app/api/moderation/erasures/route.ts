import { readBody } from '#lib/http/request-body.ts'
import { eraseInput } from '#lib/api/moderation-input.ts'
import { seeOther } from '#lib/http/responses.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { route } from '#lib/api/route.ts'
import { requireModerator } from '#lib/api/moderator-session.ts'
import { getStore } from '#lib/store/index.ts'
import messages from '#messages/desk-refusals.json' with { type: 'json' }

export const POST = route(async (request) => {
  const moderator = (await requireModerator(request)).name
  const { comment } = await readBody(request, eraseInput)
  const store = await getStore()
  const reader = await store.readerOf(comment)
  if (!reader) throw new RequestError(404, 'not_found', messages.erased)
  await store.eraseReader(reader, moderator)
  return seeOther('/moderation/log')
})
