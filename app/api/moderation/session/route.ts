import { readBody } from '#lib/body.ts'
import { sessionInput } from '#lib/desk-input.ts'
import { route, seeOther } from '#lib/http.ts'
import { signIn, signOut } from '#lib/moderator.ts'

export const POST = route(async (request) => {
  const input = await readBody(request, sessionInput)
  const headers =
    input.act === 'sign-in'
      ? await signIn(request, input.name, input.password)
      : await signOut(request)
  return seeOther('/moderation', headers)
})
