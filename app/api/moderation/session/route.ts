import { readBody } from '#lib/http/request-body.ts'
import { sessionInput } from '#lib/api/moderation-input.ts'
import { seeOther } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { signIn, signOut } from '#lib/api/moderator-session.ts'

export const POST = route(async (request) => {
  const input = await readBody(request, sessionInput)
  if (input.act === 'sign-in') return seeOther('/moderation', await signIn(request, input))
  const response = seeOther('/moderation')
  await signOut(request, response)
  return response
})
