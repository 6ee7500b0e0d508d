import { createHash } from 'node:crypto'
import { log } from '#lib/logging/log.ts'
import { isPlainForm, reshowUnderNext } from '#lib/pages/next-forms.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { isUnavailable } from '#lib/store/index.ts'
import words from '#messages/refusals.json' with { type: 'json' }

/** The body of every refusal: `code` is a stable word, `message` a sentence for the reader. */
export type ErrorBody = {
  error: { code: string; message: string; fields?: Record<string, string> | undefined }
}

/** A refusal that the client is told of. */
export class RequestError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Record<string, string> | undefined
  /** Seconds */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    code: string,
    message: string,
    { fields, retryAfter }: { fields?: Record<string, string>; retryAfter?: number } = {},
  ) {
    super(message)
    this.name = 'RequestError'
    this.status = status
    this.code = code
    this.fields = fields
    this.retryAfter = retryAfter
  }
}

type Handler = (request: Request) => Promise<Response>

/**
 * Makes a route handler of a function that may throw: a `RequestError`, or anything unforeseen. Where
 * Next calls it, a refused form is shown again; in production `lib/server/route-handlers.ts` does that.
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
    if (!isPlainForm(request)) return answer(request)
    const form = request.clone()
    const response = await answer(request)
    return isFormReshown(response) ? reshowUnderNext(form, response) : response
  }
}

/** With plain headers, which the server writes as they are: `Response.json` would check them anew. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  })
}

/** What is the same for everyone, and kept for a minute; 304 to who has it. */
export function publicText(request: Request, text: string, type: string): Response {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const headers = { 'cache-control': 'public, max-age=60', etag }
  const known = request.headers.get('if-none-match')
  if (known === '*' || known?.includes(etag)) return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'content-type': type } })
}

/** 303: the browser gets `path` next, and a reload does not post again. */
export function seeOther(path: `/${string}`, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: 303,
    headers: { location: path, 'cache-control': 'no-store', ...headers },
  })
}

/** The header of an answer that shows its form again, with what was typed; `json` is for who asked with scripts. */
export const SHOWS_FORM = 'x-broadside-shows-form'

/** Tells whether this answer to a form without script shows the form again: a refusal, or a preview. */
export function isFormReshown({ status, headers }: Response): boolean {
  return status >= 400 || headers.has(SHOWS_FORM)
}

/** Network address of who asks; set from the connection by `server.ts`, or by Next in `next dev`. */
export function clientAddress(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
}

/** Whether the reader came over https; set like the address. */
export function isHttps(request: Request): boolean {
  return request.headers.get('x-forwarded-proto')?.startsWith('https') ?? false
}

/** Where readers find the site: what SITE_URL says, else where this request was sent to. */
export function originOf(request: Request): string {
  const { SITE_URL } = getSettings()
  if (SITE_URL) return SITE_URL
  const host = request.headers.get('host') ?? new URL(request.url).host
  return `${isHttps(request) ? 'https' : 'http'}://${host}`
}

/**
 * What changes something must come from a page of this site. Browsers say so in Sec-Fetch-Site, which
 * no page can set, and those before them in Origin: https://www.w3.org/TR/fetch-metadata/
 *
 * @throws {RequestError} 403
 */
function requireOwnPage(request: Request): void {
  const { method, headers } = request
  if (method === 'GET' || method === 'HEAD') return
  const { SITE_URL } = getSettings()
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  const isOwn =
    site === 'same-origin'
      ? // Another name may lead here: where our own is known, it must be the one.
        !SITE_URL || !origin || origin === SITE_URL
      : !site && origin === originOf(request)
  if (!isOwn) throw new RequestError(403, 'wrong_origin', words.wrongOrigin)
}

function refuse(error: unknown, request: Request): Response {
  if (error instanceof RequestError) {
    const { status, code, message, fields, retryAfter } = error
    const headers = retryAfter ? { 'retry-after': String(retryAfter) } : undefined
    return json({ error: { code, message, fields } } satisfies ErrorBody, status, headers)
  }
  // A reader who went away while sending is no fault.
  const { name, code } = error as NodeJS.ErrnoException
  if (name !== 'AbortError' && code !== 'ECONNRESET')
    log.error({ err: error, id: request.headers.get('x-request-id') ?? undefined })
  if (isUnavailable(error))
    return json(errorBody('unavailable', words.unavailable), 503, { 'retry-after': '30' })
  return json(errorBody('internal', words.internal), 500)
}

/** A refusal's body without fields. */
export function errorBody(code: string, message: string): ErrorBody {
  return { error: { code, message } }
}
