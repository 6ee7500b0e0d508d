import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import { isHttpsConnection } from '#lib/http/connection.ts'
import { DATA_POLICY, securityHeaders } from '#lib/http/security-headers.ts'
import { log } from '#lib/logging/log.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

/** Connections beyond the limit that are still told so; all others are closed at once. */
const REFUSED_AT_ONCE = 32
/** Milliseconds between two lines in the log. */
const LOG_INTERVAL = 60_000
/** Seconds; the message says a minute. */
const RETRY_AFTER = 60

/**
 * Refuses connections before the process runs out of open files: beyond that the system would close them
 * without a word, and no file could be read.
 *
 * @param most connections that are served
 * @returns a listener that answers 503 on connections beyond the limit, and calls `answer` on all others
 */
export function limitConnections(
  server: Server,
  most: number,
  answer: RequestListener,
): RequestListener {
  const refused = new WeakSet<Socket>()
  let count = 0
  let loggedAt = -Infinity
  const warn = () => {
    if (performance.now() - loggedAt < LOG_INTERVAL) return
    loggedAt = performance.now()
    log.error(
      `This process has reached its limit of open files: connections beyond ${most} are rejected. Raise the limit (ulimit -n, LimitNOFILE=), or lower LIVE_CONNECTIONS`,
    )
  }
  // Node closes them as soon as they are accepted: a worker, too, which would else hand them to the others,
  // and these back, for as long as all are full.
  if (most < Infinity)
    Object.assign(server, { maxConnections: most + REFUSED_AT_ONCE, dropMaxConnection: true })
  server.on('drop', warn)
  server.on('connection', (socket: Socket) => {
    count++
    socket.once('close', () => count--)
    if (count <= most) return
    refused.add(socket)
    warn()
  })
  return (request, response) => {
    if (!refused.has(request.socket)) return answer(request, response)
    response
      .writeHead(503, {
        ...securityHeaders(DATA_POLICY, isHttpsConnection(request)),
        'cache-control': 'no-store',
        connection: 'close',
        'content-type': 'text/plain; charset=utf-8',
        'retry-after': String(RETRY_AFTER),
      })
      .end(messages.noRoom)
  }
}
