import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { isForm, readForm } from '#lib/http/request-body.ts'
import { forwardConnection, isHttpsConnection, rememberConnection } from '#lib/http/connection.ts'
import { isFormReshown, json } from '#lib/http/responses.ts'
import { errorBody, type ErrorBody } from '#lib/http/request-error.ts'
import { log } from '#lib/logging/log.ts'
import { isReshown, reshowForm } from '#lib/api/reshow-form.ts'
import { DATA_POLICY, securityHeaders } from '#lib/http/security-headers.ts'
import { pathOf } from '#lib/http/paths.ts'
import type { Pages } from '#lib/server/render-page.ts'
import { findRoute, type Methods, type PageRoute, type Routes } from '#lib/server/find-route.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

/**
 * Makes a listener that calls route handlers with a web `Request`, and shows a form again that one rejects.
 *
 * @param tooLarge sends the page for a form that is too large to be shown again
 */
export function callHandlers(
  routes: Routes,
  pages: Pages,
  tooLarge: RequestListener,
): RequestListener {
  const call = async (request: Request, bindings: HttpBindings): Promise<Response> => {
    const { incoming, outgoing } = bindings
    const route = findRoute(routes, pathOf(incoming))
    const methods = route && 'methods' in route ? route.methods : undefined
    const handler = methods?.[incoming.method === 'HEAD' ? 'GET' : incoming.method!]
    if (!handler) return methods || !isApi(incoming) ? notAllowed(methods) : notFound()
    rememberConnection(request, outgoing)
    const form = isForm(request) ? request.clone() : undefined
    const response = await handler(request)
    // Views are many, and no shared page shows them.
    const isRead = incoming.method === 'GET' || incoming.method === 'HEAD'
    if (!isRead && response.status < 400 && pathOf(incoming) !== '/api/views') pages.noteWrite()
    // Reading a response's headers has all of them checked anew: only those to a form are read.
    if (!form || !isFormReshown(response)) return response
    const { error } = (await response.json()) as ErrorBody
    const hasPage = isReshown(pathOf(incoming), error.code)
    const typed = hasPage ? await readForm(form).catch(() => undefined) : undefined
    if (typed === undefined) {
      closeGracefully(outgoing)
      if (error.code !== 'too_large') return asText(response, error)
      tooLarge(incoming, outgoing)
      return RESPONSE_ALREADY_SENT
    }
    const { path, query, rejected } = reshowForm(incoming.url!, typed, error)
    const retryAfter = response.headers.get('retry-after')
    if (retryAfter) outgoing.setHeader('retry-after', retryAfter)
    const asked = { query, cookies: request.headers.get('cookie'), rejected }
    const page = routes[path] as PageRoute
    const isShown = await pages
      .show(page, asked, incoming, outgoing, response.status)
      .catch((failure: unknown) => void log.error(failure))
    return isShown ? RESPONSE_ALREADY_SENT : asText(response, error)
  }
  const listen = getRequestListener(
    call as (request: Request, bindings: unknown) => Promise<Response>,
    {
      // For HTTP/1.0, which need not say.
      hostname: 'localhost',
      errorHandler: () => json(errorBody('unreadable', messages.unreadable), 400),
    },
  )
  const plain = securityHeaders(DATA_POLICY, false)
  const secure = securityHeaders(DATA_POLICY, true)
  return (incoming, outgoing) => {
    const headers = isHttpsConnection(incoming) ? secure : plain
    for (const name in headers) outgoing.setHeader(name, headers[name]!)
    forwardConnection(incoming)
    void listen(incoming, outgoing)
  }
}

function isApi(incoming: IncomingMessage): boolean {
  return incoming.url!.startsWith('/api/')
}

function notFound(): Response {
  return json(errorBody('not_found', messages.nothingHere), 404)
}

function notAllowed(methods: Methods = { GET: undefined, HEAD: undefined }): Response {
  const body = errorBody('method_not_allowed', messages.wrongMethod)
  return json(body, 405, { allow: Object.keys(methods).join(', ') })
}

/** Answers with the sentence of a refusal as plain text. */
function asText({ status }: Response, { message }: ErrorBody['error']): Response {
  return new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

/** Milliseconds for which the rest of a request is still read, and thrown away, after its answer. */
const CLOSE_TIMEOUT = 2_000

/**
 * Ends a connection after the answer, without waiting for the rest of the request. The client is to close
 * it first: a connection that is closed while the client still sends would lose the answer.
 * https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
function closeGracefully(outgoing: ServerResponse): void {
  outgoing.shouldKeepAlive = false
  const { socket } = outgoing
  if (!socket) return
  // Node calls this once the last answer on a connection is written.
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), CLOSE_TIMEOUT).unref()
  }
}
