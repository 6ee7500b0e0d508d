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
import { servePage, serveServiceWorker } from '#lib/server/send-document.ts'
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
  const documents = new Map<string, RequestListener>([['/sw.js', serveServiceWorker(build)]])
  for (const [path, route] of Object.entries(routes))
    if ('document' in route) documents.set(path, servePage(build, route.document))
  documents.set('/', story)
  const pages = makePages(build, routes, render)
  const handlers = callHandlers(routes, pages, servePage(build, 'too-large', 413))
  const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (namesSeveralHosts(incoming)) return refuse(incoming, outgoing)
    const path = pathOf(incoming)
    outgoing.setHeader(REQUEST_ID, requestId(incoming))
    const route = findRoute(routes, path)
    if (path.startsWith('/api/') || (route && 'methods' in route) || !isRead(incoming))
      return handlers(incoming, outgoing)
    if (path.endsWith('/') && /^\/[^/\\]/.test(path)) return redirect(incoming, outgoing)
    if (!route || !('load' in route)) return (documents.get(path) ?? assets)(incoming, outgoing)
    const asked = { query: queryOf(incoming), cookies: incoming.headers.cookie ?? null }
    if (!(await pages.show(route, asked, incoming, outgoing))) missing(incoming, outgoing)
  }
  const listen: RequestListener = (incoming, outgoing) => {
    if (namesNoHost(incoming)) return refuse(incoming, outgoing)
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

/** Tells whether a request lacks a Host; it must be refused, as must one with several: https://www.rfc-editor.org/rfc/rfc9112#section-3.2 */
function namesNoHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined && httpVersion === '1.1'
}

function namesSeveralHosts({ rawHeaders }: IncomingMessage): boolean {
  const isHost = (text: string, index: number) => index % 2 === 0 && /^host$/i.test(text)
  return rawHeaders.filter(isHost).length > 1
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const headers = securityHeaders(DATA_POLICY, isHttpsConnection(incoming))
  outgoing.writeHead(400, { ...headers, connection: 'close', 'content-length': 0 }).end()
}

/** Redirects an address that was typed with a slash at its end to the one without. */
function redirect(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const path = pathOf(incoming)
  const location = trimSlashes(path) + incoming.url!.slice(path.length)
  const headers = securityHeaders(DATA_POLICY, isHttpsConnection(incoming))
  outgoing.writeHead(308, { ...headers, location, 'cache-control': 'no-store' }).end()
}

/** Answers a connection that sent no valid request: Node's own answers have no security headers. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request'
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
