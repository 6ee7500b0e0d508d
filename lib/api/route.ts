import { reshowUnderNext } from '#lib/api/next-forms.ts'
import { isForm } from '#lib/http/request-body.ts'
import { type ErrorBody, errorBody, RequestError } from '#lib/http/request-error.ts'
import { originOf } from '#lib/http/request-origin.ts'
import { refuseUnavailable } from '#lib/api/unavailable.ts'
import { isFormReshown, json } from '#lib/http/responses.ts'
import { log, logRecurring } from '#lib/logging/log.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { isUnavailable } from '#lib/store/index.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

type Handler = (request: Request) => Promise<Response>

/**
 * Makes a route handler of a function that may throw: a `RequestError` becomes a refusal, anything else
 * a 500 that is logged, or a 503 while the store cannot be reached. Where Next calls it, a rejected form
 * is shown again; in production `lib/server/route-handlers.ts` does that.
 */
export function route(handle: Handler): Handler {
  const answer: Handler = async (request) => {
    try {
      requireOwnPage(request)
      return await handle(request)
    } catch (error) {
      return refuse(error, request)
    }
  }
  return process.env.NEXT_RUNTIME ? reshowingForms(answer) : answer
}

function reshowingForms(answer: Handler): Handler {
  return async (request) => {
    if (!isForm(request)) return answer(request)
    const form = request.clone()
    const response = await answer(request)
    return isFormReshown(response) ? reshowUnderNext(form, response) : response
  }
}

/**
 * Refuses a change that does not come from a page of this site.
 *
 * @throws {RequestError} 403
 */
function requireOwnPage(request: Request): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead || isFromOwnPage(request)) return
  throw new RequestError(403, 'wrong_origin', messages.wrongOrigin)
}

/**
 * Tells whether a page of this site sent a request. Browsers name the site in Sec-Fetch-Site, which no page
 * can set, and older ones in Origin: https://www.w3.org/TR/fetch-metadata/
 */
export function isFromOwnPage(request: Request): boolean {
  const { headers } = request
  const { SITE_URL } = getSettings()
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  return site === 'same-origin'
    ? // Another name may lead here: where our own is known, it must be the one.
      !SITE_URL || !origin || origin === SITE_URL
    : !site && origin === originOf(request)
}

function refuse(error: unknown, request: Request): Response {
  if (error instanceof RequestError) {
    const { status, code, message, fields, retryAfter } = error
    const headers = retryAfter ? { 'retry-after': String(retryAfter) } : undefined
    return json({ error: { code, message, fields } } satisfies ErrorBody, status, headers)
  }
  logFailure(error, request.headers.get('x-request-id') ?? undefined)
  if (isUnavailable(error)) return refuseUnavailable(request)
  return json(errorBody('internal', messages.internal), 500)
}

function logFailure(error: unknown, id: string | undefined): void {
  const { name, code } = error as NodeJS.ErrnoException
  // A client that went away while it sent is no fault.
  if (name === 'AbortError' || code === 'ECONNRESET') return
  if (isUnavailable(error)) logRecurring(error, id)
  else log.error({ err: error, id })
}
