import { connectionOf } from '#lib/http/connection.ts'

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // nginx would keep events back until it has a buffer full.
  'x-accel-buffering': 'no',
}
/** Most chunks that wait while the socket takes earlier ones. */
const MAX_PENDING_CHUNKS = 2

export type EventStream = {
  response: Response
  /** Sends a chunk; a client that has not taken earlier ones is disconnected, so that none pile up. */
  send: (chunk: Uint8Array) => void
  end: () => void
}

/**
 * Opens a response of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html
 *
 * @param onClose called when the client has gone or was disconnected
 */
export function openEventStream(request: Request, onClose: () => void): EventStream {
  const connection = connectionOf(request)
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>(
    { start: (own) => void (controller = own), cancel: onClose },
    { highWaterMark: MAX_PENDING_CHUNKS },
  )
  const drop = () => {
    onClose()
    // A reset also discards what the system has buffered; closing would wait until it is taken.
    if (connection?.socket) connection.socket.resetAndDestroy()
    else controller.error(new Error('The client takes no events'))
  }
  return {
    response: new Response(request.method === 'HEAD' ? null : body, { headers: HEADERS }),
    send: (chunk) => {
      if (controller.desiredSize! > 0) controller.enqueue(chunk)
      else drop()
    },
    end: () => {
      if (controller.desiredSize === MAX_PENDING_CHUNKS) controller.close()
      else drop()
    },
  }
}
