import { readQuery } from '#lib/body.ts'
import { openEventStream } from '#lib/event-stream.ts'
import { clientAddress, json, route } from '#lib/http.ts'
import { liveQuery } from '#lib/input.ts'
import { live } from '#lib/live.ts'
import { networkOf } from '#lib/views.ts'

export const GET = route(async (request) => {
  const { since } = readQuery(request, liveQuery)
  const accept = request.headers.get('accept') ?? ''
  if (accept.includes('application/json')) return json(await live.read(since))

  const stream = openEventStream(request, () => live.leave(listener))
  const listener = { ...stream, network: networkOf(clientAddress(request)) }
  // Where a browser goes on after a break, which is later than where the page began.
  const last = Number(request.headers.get('last-event-id') ?? NaN)
  if (request.method !== 'HEAD')
    await live.join(listener, Number.isSafeInteger(last) ? last : since)
  return stream.response
})
