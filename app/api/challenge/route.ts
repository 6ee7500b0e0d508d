import { readQuery } from '#lib/http/request-body.ts'
import { makeChallenge } from '#lib/api/challenge.ts'
import { json, route } from '#lib/http/responses.ts'
import { noQuery } from '#lib/api/input.ts'

export const GET = route(async (request) => {
  readQuery(request, noQuery)
  return json(await makeChallenge())
})
