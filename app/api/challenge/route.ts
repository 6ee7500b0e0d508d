import { makeChallenge } from '#lib/challenge.ts'
import { json, readQuery, route } from '#lib/http.ts'
import { noQuery } from '#lib/input.ts'

export const GET = route(async (request) => {
  readQuery(request, noQuery)
  return json(await makeChallenge())
})
