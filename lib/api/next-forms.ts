import type { ErrorBody } from '#lib/http/request-error.ts'
import { isReshown, refusalDocument, reshowForm } from '#lib/api/reshow-form.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'

/** The request header that gives a page under Next the key of the rejected form to show. */
const HEADER = 'x-broadside-refused-form'

/** Shared through `globalThis`: Next bundles this module twice, with route handlers and with pages. */
const shared = globalThis as { [key: symbol]: Map<string, RejectedForm> | undefined }
const rejectedForms = (shared[Symbol.for('broadside.refused-forms')] ??= new Map())

/** Finds the rejected form that a page under Next is to show again, by the headers of its request. */
export function rejectedFormOf(headers: Headers): RejectedForm | undefined {
  return rejectedForms.get(headers.get(HEADER) ?? '')
}

/**
 * Answers a form that a route handler rejected under Next with the page that it was sent from, as
 * `lib/server/route-handlers.ts` does in production. Next lets no route handler render a page, so it is
 * fetched from this server. The form is not in the request itself: headers are limited to 16 KB.
 *
 * @param form a copy of the request, with its body unread
 */
export async function reshowUnderNext(form: Request, response: Response): Promise<Response> {
  const { error } = (await response.json()) as ErrorBody
  const { origin, pathname, search } = new URL(form.url)
  const document = refusalDocument(pathname, error.code)
  if (document) return showPage(`${origin}/${document}`, {}, response, error)
  if (!isReshown(pathname, error.code)) return asText(response, error)
  const { path, query, rejected } = reshowForm(pathname + search, await form.text(), error)
  const key = crypto.randomUUID()
  rejectedForms.set(key, rejected)
  try {
    const headers = { cookie: form.headers.get('cookie') ?? '', [HEADER]: key }
    return await showPage(`${origin}${path}?${query}`, headers, response, error)
  } finally {
    rejectedForms.delete(key)
  }
}

/** Answers with a page under the status of a refusal, or with its message where there is no such page. */
async function showPage(
  address: string,
  headers: Record<string, string>,
  response: Response,
  error: ErrorBody['error'],
): Promise<Response> {
  // Behind a proxy for https, Next believes that it speaks https itself: nothing can be fetched then.
  const page = await fetch(address, { headers, cache: 'no-store' }).catch(() => undefined)
  return page?.ok ? answer(response, await page.text(), 'text/html') : asText(response, error)
}

function asText(response: Response, { message }: ErrorBody['error']): Response {
  return answer(response, message, 'text/plain')
}

/** Makes a response with another body and type; status and other headers stay. */
function answer({ status, headers }: Response, body: string, type: string): Response {
  const kept = new Headers(headers)
  kept.set('content-type', `${type}; charset=utf-8`)
  return new Response(body, { status, headers: kept })
}
