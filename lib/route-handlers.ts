import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { isForm, parseForm, readForm } from '#lib/body.ts'
import { forwardConnection, isHttps, keepConnection } from '#lib/connection.ts'
import { refusedAt } from '#lib/desk-page.ts'
import { errorBody, type ErrorBody, json, SHOWS_FORM } from '#lib/http.ts'
import { type Render, setHeaders, withStatus } from '#lib/page-renderer.ts'
import { DATA_POLICY, securityHeaders } from '#lib/policy.ts'
import { encodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
import { pathOf } from '#lib/request-path.ts'
import { patternOf } from '#lib/route-pattern.ts'
import words from '#messages/refusals.json' with { type: 'json' }

type Handler = (request: Request) => Promise<Response>
/** Route handlers by method, as a `route.ts` exports them. */
export type Methods = Partial<Record<string, Handler>>

/** What was too large is still in the browser; words from another site are not ours to show. */
const UNSHOWN = new Set(['too_large', 'unsupported_charset', 'unsupported_coding', 'wrong_origin'])
/** The page of such a form is the same for everyone and cannot say what was refused. */
const PAGELESS = new Set(['/api/erasure'])

/**
 * Calls route handlers with a web `Request`; a form that one refuses is shown again.
 *
 * @param tooLarge the page for a form of which that would be too much
 */
export function callHandlers(
  routes: Record<string, Methods>,
  renderPage: Render,
  tooLarge: Render,
): Render {
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
      if (error.code !== 'too_large') return asText(response, error)
      tooLarge(incoming, outgoing)
      return RESPONSE_ALREADY_SENT
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

export function findRoute(routes: Record<string, Methods>, path: string): Methods | undefined {
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

/** Answers a refused form with the page that it is on: the refusal's status and what was typed. */
async function showAgain(
  body: string,
  refusal: Response,
  error: ErrorBody['error'],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  renderPage: Render,
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

/** What was typed, as far as it can be read. */
function readable(body: string): Record<string, string> {
  try {
    return parseForm(body)
  } catch {
    return Object.fromEntries(new URLSearchParams(body))
  }
}
