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
import type { Serve } from '#lib/server/send-document.ts'
import type { Pages } from '#lib/server/render-page.ts'
import { findRoute, type Methods, type PageRoute, type Routes } from '#lib/server/find-route.ts'
import words from '#messages/refusals.json' with { type: 'json' }

/**
 * Calls route handlers with a web `Request`; a form that one refuses is shown again.
 *
 * @param tooLarge the page for a form of which that would be too much
 */
export function callHandlers(routes: Routes, pages: Pages, tooLarge: Serve): RequestListener {
  const call = async (request: Request, bindings: HttpBindings): Promise<Response> => {
    const { incoming, outgoing } = bindings
    const route = findRoute(routes, pathOf(incoming))
    const methods = route && 'methods' in route ? route.methods : undefined
    const handler = methods?.[incoming.method === 'HEAD' ? 'GET' : incoming.method!]
    if (!handler) return methods || !isApi(incoming) ? notAllowed(methods) : notFound()
    rememberConnection(request, outgoing)
    const form = isForm(request) ? request.clone() : undefined
    const response = await handler(request)
    // Views are many, and no page that is shared shows them.
    const isRead = incoming.method === 'GET' || incoming.method === 'HEAD'
    if (!isRead && response.status < 400 && pathOf(incoming) !== '/api/views') pages.noteWrite()
    // Whoever looks at an answer's headers has all of them checked anew: only a form's are.
    if (!form || !isFormReshown(response)) return response
    const { error } = (await response.json()) as ErrorBody
    const hasPage = isReshown(pathOf(incoming), error.code)
    const typed = hasPage ? await readForm(form).catch(() => undefined) : undefined
    if (typed === undefined) {
      linger(outgoing)
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
      errorHandler: () => json(errorBody('unreadable', words.unreadable), 400),
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
  return json(errorBody('not_found', words.nothingHere), 404)
}

function notAllowed(methods: Methods = { GET: undefined, HEAD: undefined }): Response {
  const body = errorBody('method_not_allowed', words.wrongMethod)
  return json(body, 405, { allow: Object.keys(methods).join(', ') })
}

/** The sentence of a refusal, for a page of its own. */
function asText({ status }: Response, { message }: ErrorBody['error']): Response {
  return new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

/** How long what is still sent may be read, and thrown away, after such an answer; in milliseconds. */
const LINGERING = 2_000

/**
 * The rest of the request is not waited for, and the connection ends when the client has ended it: one
 * that is closed while the client sends would lose the answer.
 * https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
function linger(outgoing: ServerResponse): void {
  outgoing.shouldKeepAlive = false
  const { socket } = outgoing
  if (!socket) return
  // Node calls this once the last answer on a connection is written.
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGERING).unref()
  }
}
