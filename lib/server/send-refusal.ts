import type { IncomingMessage, ServerResponse } from 'node:http'
import { isHttpsConnection } from '#lib/http/connection.ts'
import { errorBody, type RequestError } from '#lib/http/request-error.ts'
import { REQUEST_ID, requestId } from '#lib/http/request-id.ts'
import { DATA_POLICY, securityHeaders } from '#lib/http/security-headers.ts'

/** Answers a request with its refusal: in JSON where it is for the interface, else in a sentence. */
export function sendRefusal(
  { status, code, message, retryAfter }: RequestError,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const isApi = incoming.url!.startsWith('/api/')
  outgoing
    .writeHead(status, {
      ...securityHeaders(DATA_POLICY, isHttpsConnection(incoming)),
      [REQUEST_ID]: requestId(incoming),
      'cache-control': 'no-store',
      'content-type': isApi ? 'application/json' : 'text/plain; charset=utf-8',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    })
    .end(isApi ? JSON.stringify(errorBody(code, message)) : message)
}
