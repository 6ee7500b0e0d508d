import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createRequest, sendResponse } from '@remix-run/node-fetch-server'
import { errorBody, type ErrorBody, isForm, json, parseForm } from '#lib/http.ts'
import { log } from '#lib/log.ts'
import { contentSecurityPolicy, DATA_POLICY, isHttps, securityHeaders } from '#lib/policy.ts'
import { commentsPageStatus } from '#lib/comments-page.ts'
import { encodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
import { builtStyles, loadDocument, serveAssets } from '#lib/static.ts'

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void
type Handler = (request: Request) => Promise<Response>
/** Route handlers by method, as a `route.ts` exports them. */
export type Methods = Partial<Record<string, Handler>>

/**
 * Answers every request: a route handler by its path, a document from memory, a page that `render`
 * (Next's) makes per request, an asset, or the 404 page.
 */
export function makeListener(routes: Record<string, Methods>, render: Listener): RequestListener {
  const story = loadDocument('.next/documents/index')
  const missing = loadDocument('.next/documents/_not-found', 404)
  const assets = serveAssets(missing)
  const renderPage = withNonce(render)

  const answer: Listener = async (incoming, outgoing) => {
    delete incoming.headers[REFUSED_FORM_HEADER]
    incoming.url = originForm(incoming.url!)
    const path = incoming.url.split('?')[0]!
    const methods = routes[path]
    if (methods) return call(methods, incoming, outgoing, renderPage)
    if (path.startsWith('/api/')) return send(notFound(), incoming, outgoing)
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD')
      return send(notAllowed(['GET', 'HEAD']), incoming, outgoing)
    if (path === '/') return story(incoming, outgoing)
    if (path !== '/comments') return assets(incoming, outgoing)
    const status = await commentsPageStatus(incoming.url)
    if (status === 404) return missing(incoming, outgoing)
    return renderPage(incoming, withStatus(outgoing, status))
  }
  return async (incoming, outgoing) => {
    try {
      await answer(incoming, outgoing)
    } catch (error) {
      // A handler answers for its own errors: what comes here is an answer that cannot be finished.
      log.error(error)
      outgoing.destroy()
    }
  }
}

/** Gives a page that is rendered per request its policy; Next reads the nonce from the request. */
function withNonce(render: Listener): Listener {
  const styles = builtStyles()
  return (incoming, outgoing) => {
    const nonce = `'nonce-${randomBytes(16).toString('base64')}'`
    const policy = contentSecurityPolicy([nonce, "'strict-dynamic'"], styles)
    incoming.headers['content-security-policy'] = policy
    setHeaders(outgoing, securityHeaders(policy, isHttps(incoming)))
    return render(incoming, outgoing)
  }
}

/** Calls a route handler; a form that it refuses is shown again. */
async function call(
  methods: Methods,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  renderPage: Listener,
): Promise<void> {
  const handler = methods[incoming.method === 'HEAD' ? 'GET' : incoming.method!]
  if (!handler) return send(notAllowed(Object.keys(methods)), incoming, outgoing)
  const request = toRequest(incoming, outgoing)
  if (!request) return send(unreadable(), incoming, outgoing)
  request.headers.set('x-forwarded-for', incoming.socket.remoteAddress ?? '')
  const form = isForm(request) ? request.clone() : undefined
  const response = await handler(request)
  if (!form || response.status < 400) return send(response, incoming, outgoing)
  // What was too large to be read is still in the browser: going back brings it up again.
  if (response.status === 413) return sendText(response, incoming, outgoing)
  await showAgain(await form.text(), response, incoming, outgoing, renderPage)
}

/** Nothing when the request's address or `Host` make no URL. */
function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request | undefined {
  try {
    return createRequest(incoming, outgoing)
  } catch {
    return
  }
}

/** A proxy may ask for `http://host/path`: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const url = URL.parse(target)
  return url ? url.pathname + url.search : '/*'
}

function notFound(): Response {
  return json(errorBody('not_found', 'There is nothing at this address.'), 404)
}

function unreadable(): Response {
  return json(errorBody('unreadable', 'The request could not be read.'), 400)
}

function notAllowed(methods: string[]): Response {
  const body = errorBody('method_not_allowed', 'This address does not take such a request.')
  return json(body, 405, { allow: methods.join(', ') })
}

async function send(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  setHeaders(outgoing, securityHeaders(DATA_POLICY, isHttps(incoming)))
  await sendResponse(outgoing, response)
}

/** The rest of the request is not waited for. */
async function sendText(
  refusal: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { error } = (await refusal.json()) as ErrorBody
  const headers = { connection: 'close', 'content-type': 'text/plain; charset=utf-8' }
  await send(new Response(error.message, { status: refusal.status, headers }), incoming, outgoing)
}

/** Answers a refused form with the comments page: the refusal's status and what was typed. */
async function showAgain(
  body: string,
  refusal: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  renderPage: Listener,
): Promise<void> {
  const { error } = (await refusal.json()) as ErrorBody
  incoming.headers[REFUSED_FORM_HEADER] = encodeRefusedForm({
    path: incoming.url!,
    values: readable(body),
    message: error.message,
    fields: error.fields ?? {},
  })
  incoming.method = 'GET'
  incoming.url = '/comments'
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
    return {}
  }
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}
