import { connectionOf } from '#lib/http/connection.ts'

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // nginx would keep events back until it has a buffer full.
  'x-accel-buffering': 'no',
}
/** So many chunks may wait while the socket takes what came before. */
const MOST_WAITING = 2

export type EventStream = {
  response: Response
  /** One that has not taken what was sent before is dropped: nothing is held for it. */
  send: (chunk: Uint8Array) => void
  end: () => void
}

/** @param onClose called when the client has gone or was dropped */
export function openEventStream(request: Request, onClose: () => void): EventStream {
  const connection = connectionOf(request)
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>(
    { start: (own) => void (controller = own), cancel: onClose },
    { highWaterMark: MOST_WAITING },
  )
  const drop = () => {
    onClose()
    // Closing would wait until all has been taken; what the system holds goes as well.
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
      if (controller.desiredSize === MOST_WAITING) controller.close()
      else drop()
    },
  }
}
