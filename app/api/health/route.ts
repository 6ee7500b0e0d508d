import { readQuery } from '#lib/body.ts'
import { describeConnection } from '#lib/described-connection.ts'
import { json, route } from '#lib/http.ts'
import { healthQuery } from '#lib/input.ts'
import { requireReady } from '#lib/readiness.ts'

export const GET = route(async (request) => {
  const { check } = readQuery(request, healthQuery)
  if (check === 'live') return json({ status: 'live' })
  await requireReady()
  return json({ status: 'ready', ...(await describeConnection(request)) })
})
