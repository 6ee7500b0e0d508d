import { readQuery } from '#lib/body.ts'
import { makeChallenge } from '#lib/challenge.ts'
import { json, route } from '#lib/http.ts'
import { noQuery } from '#lib/input.ts'

export const GET = route(async (request) => {
  readQuery(request, noQuery)
  return json(await makeChallenge())
})
