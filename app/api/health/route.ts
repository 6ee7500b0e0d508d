import { readQuery } from '#lib/http/request-body.ts'
import { reportConnection } from '#lib/doctor/connection-report.ts'
import { json } from '#lib/http/responses.ts'
import { route } from '#lib/api/route.ts'
import { healthQuery } from '#lib/api/input.ts'
import { requireReady, requireServing } from '#lib/server/readiness.ts'

export const GET = route(async (request) => {
  const { check } = readQuery(request, healthQuery)
  if (check === 'live') {
    requireServing()
    return json({ status: 'live' })
  }
  await requireReady()
  return json({ status: 'ready', ...(await reportConnection(request)) })
})
