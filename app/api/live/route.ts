import { readQuery } from '#lib/http/request-body.ts'
import { openEventStream } from '#lib/live/event-stream.ts'
import { json } from '#lib/http/responses.ts'
import { clientAddress } from '#lib/http/request-origin.ts'
import { route } from '#lib/api/route.ts'
import { liveQuery } from '#lib/api/input.ts'
import { live } from '#lib/live/live-updates.ts'
import { networksOf } from '#lib/api/network.ts'

export const GET = route(async (request) => {
  const { since } = readQuery(request, liveQuery)
  const accept = request.headers.get('accept') ?? ''
  if (accept.includes('application/json')) return json(await live.read(since))

  const stream = openEventStream(request, () => live.leave(listener))
  const listener = { ...stream, networks: networksOf(clientAddress(request)) }
  // Where a browser goes on after a break, which is later than where the page began.
  const last = Number(request.headers.get('last-event-id') ?? NaN)
  if (request.method !== 'HEAD')
    await live.join(listener, Number.isSafeInteger(last) ? last : since)
  return stream.response
})
