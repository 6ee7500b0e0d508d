import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isHttps } from '#lib/connection.ts'
import { isDeskPage } from '#lib/desk-page.ts'
import { contentSecurityPolicy, hashOf, securityHeaders } from '#lib/policy.ts'
import { pathOf } from '#lib/request-path.ts'
import { RESTORE_LOOK } from '#lib/restore-look.ts'
import { builtStyles } from '#lib/static.ts'

/** Renders a page per request, as Next does. */
export type Render = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** The desk is kept by no cache and found by no search. */
const PRIVATE = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' }

/**
 * Gives a page that is rendered per request its policy; Next reads the nonce from the request, and
 * would take headers of its own from anyone for a part of a page.
 */
export function withNonce(render: Render): Render {
  const styles = builtStyles()
  const look = hashOf(RESTORE_LOOK)
  return (incoming, outgoing) => {
    const nonce = `'nonce-${randomBytes(16).toString('base64')}'`
    const policy = contentSecurityPolicy([nonce, look, "'strict-dynamic'"], styles)
    for (const name in incoming.headers)
      if (/^(rsc|next-)/.test(name)) delete incoming.headers[name]
    incoming.headers['content-security-policy'] = policy
    setHeaders(outgoing, securityHeaders(policy, isHttps(incoming)))
    if (isDeskPage(pathOf(incoming))) setHeaders(outgoing, PRIVATE)
    return render(incoming, outgoing)
  }
}

/** A page is rendered with 200; its answer says how it is. */
export function withStatus(outgoing: ServerResponse, status: number): ServerResponse {
  const writeHead = outgoing.writeHead.bind(outgoing) as (...all: unknown[]) => ServerResponse
  outgoing.writeHead = (rendered: number, ...rest: unknown[]) =>
    writeHead(rendered === 200 ? status : rendered, ...rest)
  return outgoing
}

export function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const name in headers) response.setHeader(name, headers[name]!)
}
