import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { watchRequests } from '#lib/access.ts'
import { isForm, parseForm, readForm } from '#lib/body.ts'
import { commentsPageStatus } from '#lib/comments-page.ts'
import { forwardConnection, isHttps, keepConnection } from '#lib/connection.ts'
import { deskPageStatus, isDeskPage, refusedAt } from '#lib/desk-page.ts'
import { errorBody, type ErrorBody, json, SHOWS_FORM } from '#lib/http.ts'
import { log } from '#lib/log.ts'
import { RESTORE_LOOK } from '#lib/restore-look.ts'
import { contentSecurityPolicy, DATA_POLICY, hashOf, securityHeaders } from '#lib/policy.ts'
import { encodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
import { builtStyles, loadDocument, serveAssets, WORKER } from '#lib/static.ts'
import { REQUEST_ID, requestId } from '#lib/request-id.ts'
import { patternOf, routeName } from '#lib/route-pattern.ts'
import words from '#messages/refusals.json' with { type: 'json' }

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void
type Handler = (request: Request) => Promise<Response>
/** Route handlers by method, as a `route.ts` exports them. */
export type Methods = Partial<Record<string, Handler>>

/** The desk is kept by no cache and found by no search. */
const PRIVATE = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' }

/** What was too large is still in the browser; words from another site are not ours to show. */
const UNSHOWN = new Set(['too_large', 'unsupported_coding', 'wrong_origin'])
/** The page of such a form is the same for everyone and cannot say what was refused. */
const PAGELESS = new Set(['/api/erasure'])

/**
 * Answers every request: a route handler by its path, a document from memory, a page that `render`
 * (Next's) makes per request, an asset, or the 404 page.
 */
export function makeListener(routes: Record<string, Methods>, render: Listener): RequestListener {
  const story = loadDocument('.next/documents/index')
  const missing = loadDocument('.next/documents/_not-found', 404)
  const assets = serveAssets(missing)
  const documents: Record<string, RequestListener> = {
    '/author': loadDocument('.next/documents/author'),
    '/offline': loadDocument('.next/documents/offline'),
    '/privacy': loadDocument('.next/documents/privacy'),
    '/sw.js': loadDocument('.next/documents/sw', 200, WORKER),
  }
  const renderPage = withNonce(render)
  const handlers = callHandlers(routes, renderPage)
  const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
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

function pathOf({ url }: IncomingMessage): string {
  const end = url!.indexOf('?')
  return end < 0 ? url! : url!.slice(0, end)
}

/** What was typed with a slash at its end is meant without. */
function redirect(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const location = incoming.url!.replace(/\/+(?=\?|$)/, '')
  const headers = securityHeaders(DATA_POLICY, isHttps(incoming))
  outgoing.writeHead(308, { ...headers, location, 'cache-control': 'no-store' }).end()
}

/** A proxy may ask for `http://host/path`: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const url = URL.parse(target)
  return url ? url.pathname + url.search : '/*'
}

/**
 * Gives a page that is rendered per request its policy; Next reads the nonce from the request, and
 * would take headers of its own from anyone for a part of a page.
 */
function withNonce(render: Listener): Listener {
  const styles = builtStyles()
  const look = hashOf(RESTORE_LOOK)
  return (incoming, outgoing) => {
    const nonce = `'nonce-${randomBytes(16).toString('base64')}'`
    const policy = contentSecurityPolicy([nonce, look, "'strict-dynamic'"], styles)
    for (const name in incoming.headers)
      if (/^(rsc|next-)/.test(name)) delete incoming.headers[name]
    incoming.headers['content-security-policy'] = policy
    setHeaders(outgoing, securityHeaders(policy, isHttps(incoming)))
    if (isDeskPage(pathOf(incoming))) setHeaders(outgoing, PRIVATE)
    return render(incoming, outgoing)
  }
}

/** Calls route handlers with a web `Request`; a form that one refuses is shown again. */
function callHandlers(routes: Record<string, Methods>, renderPage: Listener): Listener {
  const call = async (request: Request, bindings: HttpBindings): Promise<Response> => {
    const { incoming, outgoing } = bindings
    const methods = findRoute(routes, pathOf(incoming))
    const handler = methods?.[incoming.method === 'HEAD' ? 'GET' : incoming.method!]
    if (!handler) return methods || !isApi(incoming) ? notAllowed(methods) : notFound()
    keepConnection(request, outgoing)
    const form = isForm(request) ? request.clone() : undefined
    const response = await handler(request)
    // Whoever looks at an answer's headers has all of them checked anew: only a form's are.
    if (!form || (response.status < 400 && !response.headers.has(SHOWS_FORM))) return response
    const { error } = (await response.json()) as ErrorBody
    const isShown = !UNSHOWN.has(error.code) && !PAGELESS.has(pathOf(incoming))
    const typed = isShown ? await readForm(form).catch(() => undefined) : undefined
    if (typed === undefined) {
      linger(outgoing)
      return asText(response, error)
    }
    await showAgain(typed, response, error, incoming, outgoing, renderPage)
    return RESPONSE_ALREADY_SENT
  }
  const listen = getRequestListener(
    call as (request: Request, bindings: unknown) => Promise<Response>,
    {
      // For HTTP/1.0, which need not say.
      hostname: 'localhost',
      errorHandler: () => json(errorBody('unreadable', words.unreadable), 400),
    },
  )
  const plain = securityHeaders(DATA_POLICY, false)
  const secure = securityHeaders(DATA_POLICY, true)
  return (incoming, outgoing) => {
    setHeaders(outgoing, isHttps(incoming) ? secure : plain)
    forwardConnection(incoming)
    return listen(incoming, outgoing)
  }
}

function findRoute(routes: Record<string, Methods>, path: string): Methods | undefined {
  return routes[patternOf(path)]
}

function isApi(incoming: IncomingMessage): boolean {
  return incoming.url!.startsWith('/api/')
}

function notFound(): Response {
  return json(errorBody('not_found', words.nothingHere), 404)
}

function notAllowed(methods: Methods = { GET: undefined, HEAD: undefined }): Response {
  const body = errorBody('method_not_allowed', words.wrongMethod)
  return json(body, 405, { allow: Object.keys(methods).join(', ') })
}

/** The sentence of a refusal, for a page of its own; the rest of the request is not waited for. */
function asText({ status }: Response, { message }: ErrorBody['error']): Response {
  const headers = { connection: 'close', 'content-type': 'text/plain; charset=utf-8' }
  return new Response(message, { status, headers })
}

/** How long what is still sent may be read, and thrown away, after such an answer; in milliseconds. */
const LINGERING = 2_000

/**
 * Ends the connection when the client has: one that is closed while it sends would lose the answer.
 * https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
function linger({ socket }: ServerResponse): void {
  if (!socket) return
  // Node calls this once the last answer on a connection is written.
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGERING).unref()
  }
}

/** Answers a refused form with the page that it is on: the refusal's status and what was typed. */
async function showAgain(
  body: string,
  refusal: Response,
  error: ErrorBody['error'],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  renderPage: Listener,
): Promise<void> {
  const { password: _, ...values } = readable(body)
  const path = incoming.url!
  incoming.headers[REFUSED_FORM_HEADER] = encodeRefusedForm({
    path,
    values,
    code: error.code,
    message: error.message,
    fields: error.fields ?? {},
  })
  incoming.method = 'GET'
  incoming.url = refusedAt(pathOf(incoming), values)
  const retryAfter = refusal.headers.get('retry-after')
  if (retryAfter) outgoing.setHeader('retry-after', retryAfter)
  await renderPage(incoming, withStatus(outgoing, refusal.status))
}

/** A page is rendered with 200; its answer says how it is. */
function withStatus(outgoing: ServerResponse, status: number): ServerResponse {
  const writeHead = outgoing.writeHead.bind(outgoing) as (...all: unknown[]) => ServerResponse
  outgoing.writeHead = (rendered: number, ...rest: unknown[]) =>
    writeHead(rendered === 200 ? status : rendered, ...rest)
  return outgoing
}

/** What was typed, as far as it can be read. */
function readable(body: string): Record<string, string> {
  try {
    return parseForm(body)
  } catch {
    return Object.fromEntries(new URLSearchParams(body))
  }
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const name in headers) response.setHeader(name, headers[name]!)
}
