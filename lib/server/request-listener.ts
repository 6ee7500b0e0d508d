import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { watchRequests } from '#lib/server/request-events.ts'
import { isHttpsConnection } from '#lib/http/connection.ts'
import { log } from '#lib/logging/log.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { DATA_POLICY, securityHeaders } from '#lib/http/security-headers.ts'
import { REQUEST_ID, requestId } from '#lib/http/request-id.ts'
import { callHandlers } from '#lib/server/route-handlers.ts'
import {
  hasLongQuery,
  originForm,
  pathOf,
  queryOf,
  routeName,
  trimSlashes,
} from '#lib/http/paths.ts'
import { serveOwnPages, servePage, serveServiceWorker } from '#lib/server/send-document.ts'
import { makePages } from '#lib/server/render-page.ts'
import { findRoute, type Routes } from '#lib/server/find-route.ts'
import type { RenderSlot } from '#lib/slots.ts'
import { sendRefusal } from '#lib/server/send-refusal.ts'
import { serveStory } from '#lib/server/serve-story.ts'
import { serveAssets } from '#lib/server/static-files.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

/**
 * Makes the listener that answers every request: a route handler by its path, a document from memory, a page that is made for
 * the request, an asset, or the 404 page.
 *
 * @param build folder of the build that is served
 */
export function makeListener(build: string, routes: Routes, render: RenderSlot): RequestListener {
  const story = serveStory(build, render)
  const missing = servePage(build, '_not-found', 404)
  const assets = serveAssets(missing, '.', build)
  const documents = serveOwnPages(build).set('/sw.js', serveServiceWorker(build))
  for (const [path, route] of Object.entries(routes))
    if ('document' in route) documents.set(path, servePage(build, route.document))
  documents.set('/', story)
  const pages = makePages(build, routes, render)
  const handlers = callHandlers(routes, pages, {
    'too-large': servePage(build, 'too-large', 413),
    privacy: servePage(build, 'privacy', 422),
  })
  const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = pathOf(incoming)
    outgoing.setHeader(REQUEST_ID, requestId(incoming))
    const route = findRoute(routes, path)
    if (path.startsWith('/api/') || (route && 'methods' in route) || !isRead(incoming))
      return handlers(incoming, outgoing)
    if (path.endsWith('/') && /^\/[^/\\]/.test(path)) return redirect(incoming, outgoing)
    if (!route || !('load' in route))
      return (documents.get(upperEscapes(path)) ?? assets)(incoming, outgoing)
    const asked = { query: queryOf(incoming), cookies: incoming.headers.cookie ?? null }
    if (!(await pages.show(route, asked, incoming, outgoing))) missing(incoming, outgoing)
  }
  const listen: RequestListener = (incoming, outgoing) => {
    const fault = faultOf(incoming)
    if (fault) return refuse(fault, incoming, outgoing)
    incoming.url = originForm(incoming.url!)
    if (hasLongQuery(incoming)) {
      const refusal = new RequestError(414, 'query_too_long', messages.queryTooLong)
      return sendRefusal(refusal, incoming, outgoing)
    }
    // The story comes first: it is what nearly every request is for.
    if (pathOf(incoming) === '/' && isRead(incoming)) return story(incoming, outgoing)
    answer(incoming, outgoing).catch((error: unknown) => {
      const isRefusal = error instanceof RequestError
      if (!isRefusal) log.error(error)
      // What has begun cannot be answered otherwise.
      if (outgoing.headersSent) return void outgoing.destroy()
      const refusal = isRefusal ? error : new RequestError(500, 'internal', messages.internal)
      sendRefusal(refusal, incoming, outgoing)
    })
  }
  const isRoute = (pattern: string) => documents.has(pattern) || pattern in routes
  return watchRequests(listen, (path) => routeName(path, isRoute))
}

/** Writes the escapes of a path as the site does: their case does not count, see RFC 3986, 6.2.2.1. */
function upperEscapes(path: string): string {
  return path.replace(/%[\da-f]{2}/gi, (escape) => escape.toUpperCase())
}

/**
 * Returns the status with which a request must be refused: 400 when it has no Host or several
 * (https://www.rfc-editor.org/rfc/rfc9112#section-3.2), 501 when its body is coded otherwise than in
 * chunks (https://www.rfc-editor.org/rfc/rfc9112#section-6.1).
 */
function faultOf({ headers, httpVersion, rawHeaders }: IncomingMessage): 400 | 501 | undefined {
  const coding = headers['transfer-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return 501
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]!.length === 4 && rawHeaders[i]!.toLowerCase() === 'host') hosts++
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) return 400
}

/** Connections whose request was refused by its headers: its body may be at fault as well. */
const refused = new WeakSet<Duplex>()

function refuse(status: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  refused.add(incoming.socket)
  const headers = securityHeaders(DATA_POLICY, isHttpsConnection(incoming))
  outgoing.writeHead(status, { ...headers, connection: 'close', 'content-length': 0 }).end()
}

/** Redirects an address that was typed with a slash at its end to the one without. */
function redirect(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const path = pathOf(incoming)
  const location = trimSlashes(path) + incoming.url!.slice(path.length)
  const headers = securityHeaders(DATA_POLICY, isHttpsConnection(incoming))
  outgoing.writeHead(308, { ...headers, location, 'cache-control': 'no-store' }).end()
}

/** How a fault that Node found in a request is answered, by the error's code; else with 400. */
const CONNECTION_FAULTS: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_INVALID_TRANSFER_ENCODING: '501 Not Implemented',
}

/** Answers a connection that sent no valid request: Node's own answers have no security headers. */
export function refuseConnection(
  error: NodeJS.ErrnoException & { reason?: string },
  socket: Duplex,
): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  if (refused.has(socket)) return void socket.end()
  // Node has one code for both: two lengths for one body make no valid request.
  const hasTwoLengths = error.reason?.includes('Content-Length')
  const fault = hasTwoLengths ? undefined : CONNECTION_FAULTS[error.code ?? '']
  const status = fault ?? '400 Bad Request'
  const headers = Object.entries({
    ...securityHeaders(DATA_POLICY, false),
    connection: 'close',
    'content-length': 0,
  })
  socket.end(
    [`HTTP/1.1 ${status}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join(
      '\r\n',
    ),
  )
}
