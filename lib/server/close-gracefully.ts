import type { ServerResponse } from 'node:http'

/** Milliseconds for which the rest of a request is still read, and thrown away, after its answer. */
const CLOSE_TIMEOUT = 2_000

/**
 * Ends a connection after the answer, without waiting for the rest of the request. The client is to close
 * it first: a connection that is closed while the client still sends would lose the answer.
 * https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
export function closeGracefully(outgoing: ServerResponse): void {
  outgoing.shouldKeepAlive = false
  const { socket } = outgoing
  if (!socket) return
  // Node calls this once the last answer on a connection is written.
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), CLOSE_TIMEOUT).unref()
  }
}
