import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

/**
 * Milliseconds for which clients may still send on a connection that they have kept. Proxies end theirs
 * much sooner (see `deploy/`), so that none sends on one that is being closed, on a busy machine either.
 */
const KEPT_FOR = 2_000
/** Milliseconds that running requests have to end. */
const SHUTDOWN_TIMEOUT = 8_000
/** Milliseconds without a new connection after which none is on its way, and how often they are waited for. */
const ACCEPTED_WITHIN = 50
const MAX_WAITS = 20
/** Most turns of the event loop in which connections are still accepted. */
const MAX_TURNS = 10_000

/**
 * Stops a server when all that clients have sent is answered: connections that this machine accepted, but
 * this process has not yet seen, and requests on kept connections. Answers must say `connection: close`
 * from now on.
 */
export async function stopServer(server: Server): Promise<void> {
  setTimeout(() => server.closeAllConnections(), SHUTDOWN_TIMEOUT).unref()
  await acceptWaiting(server)
  // The HTTP server's own `close` would reset idle connections, on which a request may have arrived.
  const closed = new Promise((end) => NetServer.prototype.close.call(server, end))
  const closeIdle = () => setInterval(closeIdleConnections, 100, server).unref()
  setTimeout(closeIdle, KEPT_FOR).unref()
  await closed
}

/**
 * Accepts the connections that wait. A process that was held up sees them after a while only, as does a
 * worker, which gets them from another process; Node takes at most one in each turn of its event loop.
 */
async function acceptWaiting(server: Server): Promise<void> {
  let hasAccepted: boolean
  const note = () => (hasAccepted = true)
  const acceptUntilQuiet = async (wait: () => Promise<unknown>, most: number) => {
    hasAccepted = true
    for (let waits = 0; hasAccepted && waits < most; waits++) {
      hasAccepted = false
      await wait()
    }
  }
  server.on('connection', note)
  await acceptUntilQuiet(() => sleep(ACCEPTED_WITHIN), MAX_WAITS)
  await acceptUntilQuiet(nextTurn, MAX_TURNS)
  server.off('connection', note)
}

/** Closes idle connections right after what has arrived was read: timers run before that. */
function closeIdleConnections(server: Server): void {
  setImmediate(() => server.closeIdleConnections())
}
