import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import proxyAddress from 'proxy-addr'
import { REQUEST_ID, requestId } from '#lib/http/request-id.ts'
import { getSettings } from '#lib/settings/settings.ts'

/** Tells whether the client came over https: to this server, to a trusted proxy, or as SITE_URL says. */
export function isHttpsConnection({ headers, socket }: IncomingMessage): boolean {
  const { SITE_URL, trustsProxy } = getSettings()
  if (SITE_URL) return SITE_URL.startsWith('https:')
  if ((socket as Partial<TLSSocket>).encrypted) return true
  const claimed = headers['x-forwarded-proto']
  return claimed !== undefined && /^https\b/i.test(String(claimed)) && trustsProxy(peer(socket), 0)
}

/** Returns the client's address: the peer's, or what trusted proxies say of it. */
export function addressOf(incoming: IncomingMessage): string {
  return incoming.headers['x-forwarded-for']
    ? proxyAddress(incoming, getSettings().trustsProxy)
    : peer(incoming.socket)
}

/** The header that stands where a client sent X-Forwarded-For itself; `npm run doctor` reports it. */
export const CLAIMED = 'x-claimed'

/**
 * Sets X-Forwarded-For, X-Forwarded-Proto and X-Request-Id, from which route handlers read the client's
 * address, protocol and the request's id. What the client sent in them counts only from a trusted proxy.
 */
export function forwardConnection(incoming: IncomingMessage): void {
  const protocol = isHttpsConnection(incoming) ? 'https' : 'http'
  const address = addressOf(incoming)
  const { rawHeaders } = incoming
  delete incoming.headers[CLAIMED]
  if ('x-forwarded-for' in incoming.headers) incoming.headers[CLAIMED] = 'yes'
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!/^x-(forwarded-(for|proto)|request-id|claimed)$/i.test(rawHeaders[i]!)) continue
    rawHeaders[i] = /^x-f/i.test(rawHeaders[i]!) ? CLAIMED : 'x-claimed-otherwise'
  }
  const id = requestId(incoming)
  rawHeaders.push('x-forwarded-for', address, 'x-forwarded-proto', protocol, REQUEST_ID, id)
  // Node has parsed the headers by now, and the adapter reads either.
  incoming.headers['x-forwarded-for'] = address
  incoming.headers['x-forwarded-proto'] = protocol
  incoming.headers[REQUEST_ID] = id
}

const CONNECTION = Symbol('connection')
type RequestWithConnection = Request & { [CONNECTION]?: ServerResponse }

/**
 * Remembers which response a request is answered with, for those who need its connection. On the request
 * itself: a `WeakMap` of requests doubled the memory under load, and took a fifth of the votes a second.
 */
export function rememberConnection(request: RequestWithConnection, outgoing: ServerResponse): void {
  request[CONNECTION] = outgoing
}

/** Returns the Node response that a request is answered with; nothing in `next dev`. */
export function connectionOf(request: RequestWithConnection): ServerResponse | undefined {
  return request[CONNECTION]
}

/** Returns the address of a socket; empty once it has closed. */
function peer(socket: IncomingMessage['socket']): string {
  return socket.remoteAddress ?? ''
}
