import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import proxyAddress from 'proxy-addr'
import { REQUEST_ID, requestId } from '#lib/http/request-id.ts'
import { getSettings } from '#lib/settings/settings.ts'

/** Whether the reader came over https: here, at a trusted proxy, or by what SITE_URL says. */
export function isHttps({ headers, socket }: IncomingMessage): boolean {
  const { SITE_URL, trustsProxy } = getSettings()
  if (SITE_URL) return SITE_URL.startsWith('https:')
  if ((socket as Partial<TLSSocket>).encrypted) return true
  const claimed = headers['x-forwarded-proto']
  return claimed !== undefined && /^https\b/i.test(String(claimed)) && trustsProxy(peer(socket), 0)
}

/** The header that holds what was claimed of the client's address or protocol. */
export const CLAIMED = 'x-claimed'

/**
 * Puts the client's address and protocol, and the request's id, where route handlers read them. What a
 * client says of itself does not count; what a trusted proxy says does.
 */
export function forwardConnection(incoming: IncomingMessage): void {
  const { trustsProxy } = getSettings()
  const protocol = isHttps(incoming) ? 'https' : 'http'
  const address = incoming.headers['x-forwarded-for']
    ? proxyAddress(incoming, trustsProxy)
    : peer(incoming.socket)
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
type Connected = Request & { [CONNECTION]?: ServerResponse }

/**
 * Remembers by what connection a request came, for who has to break it. On the request itself: a
 * `WeakMap` of requests doubled the memory under load, and took a fifth of the votes a second.
 */
export function keepConnection(request: Connected, outgoing: ServerResponse): void {
  request[CONNECTION] = outgoing
}

/** What `server.ts` answers this request on; nothing in `next dev`. */
export function connectionOf(request: Connected): ServerResponse | undefined {
  return request[CONNECTION]
}

/** A socket that has closed meanwhile has no address any more. */
function peer(socket: IncomingMessage['socket']): string {
  return socket.remoteAddress ?? ''
}
