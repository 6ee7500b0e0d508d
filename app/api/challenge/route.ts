import { readQuery } from '#lib/http/request-body.ts'
import { makeChallenge } from '#lib/api/challenge.ts'
import { json } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { noQuery } from '#lib/api/input.ts'

export const GET = route(async (request) => {
  readQuery(request, noQuery)
  return json(await makeChallenge())
})
