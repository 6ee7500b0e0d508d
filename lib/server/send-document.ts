import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { basename, join } from 'node:path'
import { isHttpsConnection } from '#lib/http/connection.ts'
import { isKnown } from '#lib/http/responses.ts'
import { securityHeaders } from '#lib/http/security-headers.ts'
import { insertOrigin } from '#lib/metadata/site-origin.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { REQUEST_ID, requestId } from '#lib/http/request-id.ts'
import { chooseCoding, type Coding, CODINGS, encodeSync, GOOD } from '#lib/server/content-coding.ts'

/** The Content-Type, Cache-Control, Content-Security-Policy and X-Robots-Tag of a document. */
export type DocumentHeaders = { type: string; cache: string; policy: string; robots?: string }

/** The headers of a page: a shared cache may keep it for a minute, and send it while it asks for the next. */
export const PAGE = {
  type: 'text/html; charset=utf-8',
  cache: 'public, max-age=0, s-maxage=60, stale-while-revalidate=86400',
}
/** The headers of the service worker: browsers find a new one at the next visit. */
const SERVICE_WORKER = { type: 'text/javascript; charset=utf-8', cache: 'no-cache' }

/** A document in all its content codings, with headers that are made once: Node writes these fastest. */
export type Document = Map<Coding, Variant>
type Variant = { content: Buffer; etag: string; plain: Headers; secure: Headers }
type Headers = {
  unchanged: Record<string, string | number>
  whole: Record<string, string | number>
}

/**
 * Makes a document that `sendDocument` can send.
 *
 * @param contents the same document in each coding
 */
export function makeServedDocument(
  contents: Map<Coding, Buffer>,
  { type, cache, policy, robots }: DocumentHeaders,
): Document {
  // Made of the page as it is: compressed quickly or well, it is the same page.
  const hash = createHash('sha256').update(contents.get(undefined)!).digest('base64url')
  return new Map(
    [...contents].map(([coding, content]) => {
      const etag = `W/"${hash.slice(0, 22)}${coding ? `-${coding}` : ''}"`
      const headersOver = (https: boolean): Headers => {
        const unchanged = {
          ...securityHeaders(policy, https),
          'cache-control': cache,
          etag,
          vary: 'accept-encoding',
          ...(robots && { 'x-robots-tag': robots }),
          [REQUEST_ID]: '',
        }
        const whole = {
          ...unchanged,
          'content-length': content.length,
          'content-type': type,
          ...(coding && { 'content-encoding': coding }),
        }
        return { unchanged, whole }
      }
      return [coding, { content, etag, plain: headersOver(false), secure: headersOver(true) }]
    }),
  )
}

/** Sends a document, or 304 where the client has it. */
export function sendDocument(
  document: Document,
  request: IncomingMessage,
  response: ServerResponse,
  status = 200,
): void {
  const variant = document.get(chooseCoding(request.headers['accept-encoding']))!
  const { unchanged, whole } = isHttpsConnection(request) ? variant.secure : variant.plain
  unchanged[REQUEST_ID] = whole[REQUEST_ID] = requestId(request)
  if (status === 200 && isKnown(variant.etag, request.headers['if-none-match']))
    response.writeHead(304, unchanged).end()
  else
    response.writeHead(status, whole).end(request.method === 'HEAD' ? undefined : variant.content)
}

/**
 * Reads a document that the build made and compressed, such as `author.html`; its addresses are the site's.
 *
 * @param build folder of the build
 */
export function readDocument(build: string, file: string, headers: DocumentHeaders): Document {
  const path = join(build, 'documents', file)
  const suffix = { br: '.br', gzip: '.gz' }
  const built = readFileSync(path, 'utf8')
  const html = insertOrigin(built, getSettings().SITE_URL)
  const read = (coding: Coding) =>
    html === built
      ? readFileSync(path + (coding ? suffix[coding] : ''))
      : encodeSync(Buffer.from(html), coding, GOOD)
  return makeServedDocument(new Map(CODINGS.map((coding) => [coding, read(coding)])), headers)
}

/** Serves a prerendered page from memory, with this status. */
export function servePage(build: string, name: string, status = 200): RequestListener {
  const cache = status === 200 ? PAGE.cache : 'no-store'
  const policy = readPolicy(build, name)
  const robots = ROBOTS.exec(readFileSync(join(build, 'documents', `${name}.html`), 'utf8'))?.[1]
  const headers = { ...PAGE, cache, policy, ...(robots && { robots }) }
  const document = readDocument(build, `${name}.html`, headers)
  return (request, response) => sendDocument(document, request, response, status)
}

/** Matches what a page says to search engines. */
const ROBOTS = /<meta name="robots" content="([^"]*)"/

/** Serves the publisher's own pages from memory, by their paths. */
export function serveOwnPages(build: string): Map<string, RequestListener> {
  const files = globSync('pages/*.html', { cwd: join(build, 'documents') })
  return new Map(
    files.map((file) => {
      const name = file.slice(0, -'.html'.length)
      return [`/${encodeURIComponent(basename(name))}`, servePage(build, name)]
    }),
  )
}

/** Serves the service worker from memory. */
export function serveServiceWorker(build: string): RequestListener {
  const policy = readPolicy(build, 'sw')
  const document = readDocument(build, 'sw.js', { ...SERVICE_WORKER, policy })
  return (request, response) => sendDocument(document, request, response)
}

function readPolicy(build: string, name: string): string {
  return readFileSync(join(build, 'documents', `${name}.policy`), 'utf8')
}
