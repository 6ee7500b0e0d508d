import type { IncomingMessage, RequestListener } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { NETWORK_BUSY } from '#lib/api/limit-error.ts'
import { overBudget } from '#lib/api/budgets.ts'
import { isFromOwnPage } from '#lib/api/route.ts'
import { REQUEST_DEADLINE } from '#lib/deadline.ts'
import { isForm, readForm } from '#lib/http/request-body.ts'
import {
  addressOf,
  forwardConnection,
  isHttpsConnection,
  rememberConnection,
} from '#lib/http/connection.ts'
import { isFormReshown, json } from '#lib/http/responses.ts'
import { errorBody, type ErrorBody, RequestError } from '#lib/http/request-error.ts'
import { log } from '#lib/logging/log.ts'
import {
  isReshown,
  type RefusalDocument,
  refusalDocument,
  reshowForm,
} from '#lib/api/reshow-form.ts'
import { DATA_POLICY, securityHeaders } from '#lib/http/security-headers.ts'
import { pathOf } from '#lib/http/paths.ts'
import { inTime, RESHOW_TIME } from '#lib/server/answer-in-time.ts'
import { closeGracefully } from '#lib/server/close-gracefully.ts'
import type { Pages } from '#lib/server/render-page.ts'
import { findRoute, type Methods, type PageRoute, type Routes } from '#lib/server/find-route.ts'
import { plainForm } from '#lib/server/plain-form.ts'
import type { Budget } from '#lib/settings/limits.ts'
import messages from '#messages/refusals.json' with { type: 'json' }
import tooLargeMessages from '#messages/too-large.json' with { type: 'json' }

/**
 * Makes a listener that calls route handlers with a web `Request`, and shows a form again that one rejects.
 *
 * @param documents send the pages for forms that are not shown again
 */
export function callHandlers(
  routes: Routes,
  pages: Pages,
  documents: Record<RefusalDocument, RequestListener>,
): RequestListener {
  const call = async (request: Request, bindings: HttpBindings): Promise<Response> => {
    const { incoming, outgoing } = bindings
    const route = findRoute(routes, pathOf(incoming))
    const { methods, budget = 'reads' } = route && 'methods' in route ? route : {}
    const isRead = incoming.method === 'GET' || incoming.method === 'HEAD'
    const refusal = refuseBusy(isRead ? budget : 'writes', incoming)
    if (refusal)
      return isForm(request) && isFromOwnPage(request)
        ? showPlainly(() => readForm(request), refusal, bindings)
        : toResponse(refusal)
    const handler = methods?.[isRead ? 'GET' : incoming.method!]
    if (!handler) return methods || !isApi(incoming) ? notAllowed(methods) : notFound()
    rememberConnection(request, outgoing)
    const form = isForm(request) ? request.clone() : undefined
    const started = performance.now()
    const response = await inTime(handler(request), request, incoming)
    // Views are many, and no shared page shows them.
    if (!isRead && response.status < 400 && pathOf(incoming) !== '/api/views') pages.noteWrite()
    // Reading a response's headers has all of them checked anew: only those to a form are read.
    if (!form || !isFormReshown(response)) return response
    const { error } = (await response.json()) as ErrorBody
    const hasPage = isReshown(pathOf(incoming), error.code)
    const typed = hasPage ? await readForm(form).catch(() => undefined) : undefined
    if (typed === undefined) {
      closeGracefully(outgoing)
      const document = refusalDocument(pathOf(incoming), error.code)
      if (!document) return asText(response, error)
      documents[document](incoming, outgoing)
      return RESPONSE_ALREADY_SENT
    }
    const retryAfter = response.headers.get('retry-after')
    const readTyped = () => Promise.resolve(typed)
    if (error.code === NETWORK_BUSY)
      return showPlainly(readTyped, { ...error, retryAfter: Number(retryAfter) }, bindings)
    const { path, query, rejected } = reshowForm(incoming.url!, typed, error)
    const cookie = response.headers.get('set-cookie')
    if (retryAfter) outgoing.setHeader('retry-after', retryAfter)
    if (cookie) outgoing.setHeader('set-cookie', cookie)
    const timeout = Math.max(RESHOW_TIME, REQUEST_DEADLINE - (performance.now() - started))
    const asked = { query, cookies: request.headers.get('cookie'), rejected, timeout }
    const page = routes[path] as PageRoute
    try {
      const isShown = await pages.show(page, asked, incoming, outgoing, response.status)
      if (isShown) return RESPONSE_ALREADY_SENT
    } catch (failure) {
      if (failure instanceof RequestError) return showPlainly(readTyped, failure, bindings)
      log.error(failure)
    }
    return asText(response, error)
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

/** Takes a request from the budget of its network; returns the refusal when that is used up. */
function refuseBusy(budget: Budget | 'none', incoming: IncomingMessage): RequestError | undefined {
  return budget === 'none' ? undefined : overBudget(budget, addressOf(incoming))
}

/**
 * Answers a form for which its network has no budget left with what was typed, on a page that costs little;
 * with a sentence where the network has had many of these as well.
 *
 * @param read reads the form, URL-encoded
 */
async function showPlainly(
  read: () => Promise<string>,
  refusal: Pick<RequestError, 'code' | 'message' | 'retryAfter'>,
  { incoming, outgoing }: HttpBindings,
): Promise<Response> {
  const { code, message, retryAfter } = refusal
  const status = 429
  const isShown = isReshown(pathOf(incoming), code) && !refuseBusy('plainForms', incoming)
  const typed = isShown ? await read().catch(() => undefined) : undefined
  const headers = { 'cache-control': 'no-store', 'retry-after': String(retryAfter) }
  if (typed === undefined) {
    closeGracefully(outgoing)
    const type = 'text/plain; charset=utf-8'
    const text = [message, tooLargeMessages.back].join('\n')
    return new Response(text, { status, headers: { ...headers, 'content-type': type } })
  }
  const { rejected } = reshowForm(incoming.url!, typed, { code, message })
  const type = 'text/html; charset=utf-8'
  return new Response(plainForm(rejected), {
    status,
    headers: { ...headers, 'content-type': type },
  })
}

function toResponse({ status, code, message, retryAfter }: RequestError): Response {
  return json(errorBody(code, message), status, { 'retry-after': String(retryAfter) })
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
