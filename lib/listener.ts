import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { watchRequests } from '#lib/access.ts'
import { commentsPageStatus } from '#lib/comments-page.ts'
import { isHttps } from '#lib/connection.ts'
import { deskPageStatus, isDeskPage } from '#lib/desk-page.ts'
import { log } from '#lib/log.ts'
import { type Render, withNonce, withStatus } from '#lib/page-renderer.ts'
import { DATA_POLICY, securityHeaders } from '#lib/policy.ts'
import { REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
import { REQUEST_ID, requestId } from '#lib/request-id.ts'
import { originForm, pathOf } from '#lib/request-path.ts'
import { callHandlers, findRoute, type Methods } from '#lib/route-handlers.ts'
import { routeName } from '#lib/route-pattern.ts'
import { loadDocument, serveAssets, WORKER } from '#lib/static.ts'

/**
 * Answers every request: a route handler by its path, a document from memory, a page that `render`
 * (Next's) makes per request, an asset, or the 404 page.
 */
export function makeListener(routes: Record<string, Methods>, render: Render): RequestListener {
  const story = loadDocument('.next/documents/index')
  const missing = loadDocument('.next/documents/_not-found', 404)
  const tooLarge = loadDocument('.next/documents/too-large', 413)
  const assets = serveAssets(missing)
  const documents: Record<string, RequestListener> = {
    '/author': loadDocument('.next/documents/author'),
    '/offline': loadDocument('.next/documents/offline'),
    '/privacy': loadDocument('.next/documents/privacy'),
    '/sw.js': loadDocument('.next/documents/sw', 200, WORKER),
  }
  const renderPage = withNonce(render)
  const handlers = callHandlers(routes, renderPage, tooLarge)
  const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (namesSeveralHosts(incoming)) return refuse(incoming, outgoing)
    const path = pathOf(incoming)
    outgoing.setHeader(REQUEST_ID, requestId(incoming))
    if (path.startsWith('/api/') || findRoute(routes, path) || !isRead(incoming))
      return handlers(incoming, outgoing)
    if (/^\/[^/\\].*\/$/.test(path)) return redirect(incoming, outgoing)
    const isDesk = isDeskPage(path)
    if (path !== '/comments' && !isDesk) return (documents[path] ?? assets)(incoming, outgoing)
    if (incoming.headers[REFUSED_FORM_HEADER]) delete incoming.headers[REFUSED_FORM_HEADER]
    const findStatus = isDesk ? deskPageStatus : commentsPageStatus
    const status = await findStatus(incoming.url!, incoming.headers.cookie)
    if (status === 404 && !isDesk) return missing(incoming, outgoing)
    return renderPage(incoming, withStatus(outgoing, status))
  }
  const listen: RequestListener = (incoming, outgoing) => {
    if (namesNoHost(incoming)) return refuse(incoming, outgoing)
    incoming.url = originForm(incoming.url!)
    // The story comes first: it is what nearly every request is for.
    if (pathOf(incoming) === '/' && isRead(incoming)) return story(incoming, outgoing)
    answer(incoming, outgoing).catch((error: unknown) => {
      // A handler answers for its own errors: what comes here is an answer that cannot be finished.
      log.error(error)
      outgoing.destroy()
    })
  }
  const isRoute = (pattern: string) =>
    pattern === '/' ||
    pattern === '/comments' ||
    isDeskPage(pattern) ||
    pattern in documents ||
    pattern in routes
  return watchRequests(listen, (path) => routeName(path, isRoute))
}

/** Such a request must be refused, and one with several: https://www.rfc-editor.org/rfc/rfc9112#section-3.2 */
function namesNoHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined && httpVersion === '1.1'
}

function namesSeveralHosts({ rawHeaders }: IncomingMessage): boolean {
  const isHost = (text: string, index: number) => index % 2 === 0 && /^host$/i.test(text)
  return rawHeaders.filter(isHost).length > 1
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const headers = securityHeaders(DATA_POLICY, isHttps(incoming))
  outgoing.writeHead(400, { ...headers, connection: 'close', 'content-length': 0 }).end()
}

/** What was typed with a slash at its end is meant without. */
function redirect(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const location = incoming.url!.replace(/\/+(?=\?|$)/, '')
  const headers = securityHeaders(DATA_POLICY, isHttps(incoming))
  outgoing.writeHead(308, { ...headers, location, 'cache-control': 'no-store' }).end()
}

/** Answers what was never a request: Node's own answers would carry no policy. */
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
