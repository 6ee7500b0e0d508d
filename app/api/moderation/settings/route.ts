import { readBody } from '#lib/http/request-body.ts'
import { settingsInput } from '#lib/api/moderation-input.ts'
import { seeOther } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { requireModerator } from '#lib/api/moderator-session.ts'
import { getStore } from '#lib/store/index.ts'

export const POST = route(async (request) => {
  const { name } = await requireModerator(request)
  const input = await readBody(request, settingsInput)
  const store = await getStore()
  if (input.act === 'comments') await store.setCommentState(input.comments, name)
  else {
    const { words, before } = input
    const add = words.filter((word) => !before.includes(word))
    const remove = before.filter((word) => !words.includes(word))
    await store.changeHeldWords({ add, remove }, name)
  }
  return seeOther(`/moderation/settings?saved=${input.act}#saved`)
})
