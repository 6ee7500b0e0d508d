import type { RequestListener } from 'node:http'
import { requestId } from '#lib/http/request-id.ts'
import { type AnsweredRequest, requests } from '#lib/logging/events.ts'

/**
 * Makes a listener that publishes an event when the answer to a request has ended, if anything subscribes.
 *
 * @param nameRoute returns the route of a path
 */
export function watchRequests(
  answer: RequestListener,
  nameRoute: (path: string) => string,
): RequestListener {
  return (incoming, outgoing) => {
    if (!requests.hasSubscribers) return answer(incoming, outgoing)
    // Read now: what answers may change them.
    const { socket } = incoming
    const [method, url] = [incoming.method!, incoming.url!]
    const [start, before] = [performance.now(), socket.bytesWritten]
    outgoing.on('close', () => {
      const end = url.indexOf('?')
      requests.publish({
        id: requestId(incoming),
        method,
        route: nameRoute(end < 0 ? url : url.slice(0, end)),
        status: outgoing.statusCode,
        bytes: socket.bytesWritten - before,
        milliseconds: performance.now() - start,
        left: !outgoing.writableFinished,
      } satisfies AnsweredRequest)
    })
    answer(incoming, outgoing)
  }
}
