import { createHash } from 'node:crypto'

/**
 * Makes a JSON response that no cache keeps. Its headers are a plain object, which the server writes as
 * it is: `Response.json` would check them anew.
 */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return jsonText(JSON.stringify(body), status, headers)
}

/** Makes what `json` makes, of a body that is JSON already. */
export function jsonText(
  body: BodyInit,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  })
}

/**
 * Makes a response with a text that is the same for everyone, that any site's scripts may read, and that may be
 * cached for a minute; 304 where the client has it already.
 *
 * @param type the Content-Type
 */
export function publicText(
  request: Request,
  text: string | Uint8Array<ArrayBuffer>,
  type: string,
): Response {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const headers = {
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=60',
    etag,
  }
  if (isKnown(etag, request.headers.get('if-none-match')))
    return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'content-type': type } })
}

/** Tells whether the client has the answer with this ETag: its `If-None-Match` names it, or any. */
export function isKnown(etag: string, ifNoneMatch: string | null | undefined): boolean {
  return ifNoneMatch === '*' || (ifNoneMatch?.includes(etag) ?? false)
}

/** Makes a 303 response: the browser gets `path` next, and a reload does not post again. */
export function seeOther(path: `/${string}`, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: 303,
    headers: { location: path, 'cache-control': 'no-store', ...headers },
  })
}

/** Names the header of a successful JSON answer that, to a form without script, becomes the form again. */
export const SHOWS_FORM = 'x-broadside-shows-form'

/** Tells whether this answer to a form without script shows the form again: a refusal, or a preview. */
export function isFormReshown({ status, headers }: Response): boolean {
  return status >= 400 || headers.has(SHOWS_FORM)
}
