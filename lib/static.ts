import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { isHttps } from '#lib/connection.ts'
import { readFormer } from '#lib/former-assets.ts'
import { DATA_POLICY, hashOf, securityHeaders } from '#lib/policy.ts'
import { REQUEST_ID, requestId } from '#lib/request-id.ts'

/** Answers a GET or HEAD. */
type Serve = (request: IncomingMessage, response: ServerResponse) => void

/** What a document is sent as. */
type Kind = { ending: string; type: string; cache: string }

/** A shared cache may keep the story for a minute, and show it while it asks for the next. */
const DOCUMENT_CACHE = 'public, max-age=0, s-maxage=60, stale-while-revalidate=86400'
const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:\?|$)/i
const PAGE: Kind = { ending: '.html', type: 'text/html; charset=utf-8', cache: DOCUMENT_CACHE }
/** A new edition's is found at the next visit. */
export const WORKER: Kind = {
  ending: '.js',
  type: 'text/javascript; charset=utf-8',
  cache: 'no-cache',
}
const YEAR_SECONDS = 31_536_000
const ENCODINGS = [
  { coding: 'br', suffix: '.br', accepted: acceptance('br') },
  { coding: 'gzip', suffix: '.gz', accepted: acceptance('gzip') },
  { coding: undefined, suffix: '', accepted: /^/ },
]

/**
 * Reads a document that the build made, in all its encodings, into memory: from there it is answered
 * 40 times as often a second as Next answers it.
 *
 * @param path of its files, without their endings
 */
export function loadDocument(path: string, status = 200, kind = PAGE): Serve {
  const policy = readFileSync(`${path}.policy`, 'utf8')
  const variants = ENCODINGS.map(({ coding, suffix, accepted }) => {
    const content = readFileSync(path + kind.ending + suffix)
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
    const [plain, secure] = [false, true].map((https) => {
      const unchanged = {
        ...securityHeaders(policy, https),
        'cache-control': status === 200 ? kind.cache : 'no-store',
        etag,
        vary: 'accept-encoding',
      }
      const headers = {
        ...unchanged,
        'content-length': content.length,
        'content-type': kind.type,
        ...(coding && { 'content-encoding': coding }),
      }
      return { unchanged: identified(unchanged), headers: identified(headers) }
    })
    return { accepted, content, etag, plain: plain!, secure: secure! }
  })

  return (request, response) => {
    const takes = String(request.headers['accept-encoding'] ?? '')
    const variant = variants.find(({ accepted }) => accepted.test(takes))!
    const { unchanged, headers } = isHttps(request) ? variant.secure : variant.plain
    const known = request.headers['if-none-match']
    unchanged[REQUEST_ID] = headers[REQUEST_ID] = requestId(request)
    if (status === 200 && (known === '*' || known?.includes(variant.etag)))
      response.writeHead(304, unchanged).end()
    else
      response
        .writeHead(status, headers)
        .end(request.method === 'HEAD' ? undefined : variant.content)
  }
}

/** Node writes what one object holds much faster than what is set header by header: it is made once. */
function identified(headers: Record<string, string | number>): typeof headers {
  return { ...headers, [REQUEST_ID]: '' }
}

/**
 * What the build made under `/_next/static/` and beside the pages, then the publisher's `public/`, then
 * `otherwise`.
 */
export function serveAssets(otherwise: Serve): Serve {
  const built = sirv('.next/static', {
    brotli: true,
    etag: true,
    gzip: true,
    // The names of these files hold a hash of what is in them.
    immutable: true,
    maxAge: YEAR_SECONDS,
  })
  const made = sirv('.next/published', { etag: true, maxAge: 3600 })
  const published = sirv('public', { etag: true, maxAge: 3600 })
  const PREFIX = '/_next/static'
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders(DATA_POLICY, isHttps(request))))
      response.setHeader(name, value)
    leaveWrongRange(request)
    if (/\.ico(?:\?|$)/.test(request.url!)) response.setHeader('content-type', 'image/x-icon')
    const next = () => otherwise(request, response)
    if (!request.url!.startsWith(`${PREFIX}/`)) {
      // Feeds and links carry pictures to other sites.
      if (PICTURE.test(request.url!))
        response.setHeader('cross-origin-resource-policy', 'cross-origin')
      return made(request, response, () => published(request, response, next))
    }
    // sirv looks for the names alone; a coding may be named to be ruled out.
    request.headers['accept-encoding'] = accepted(request)
    request.url = request.url!.slice(PREFIX.length)
    built(request, response, next)
  }
}

/**
 * The style hashes for pages rendered per request: Next inlines the built stylesheets as they are, and
 * joins those of a page that has two.
 */
export function builtStyles(): string[] {
  const former = readFormer('.next/static')
  const styles = readdirSync('.next/static', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css') && !(file in former))
    .map((file) => readFileSync(join('.next/static', file), 'utf8'))
  const joined = styles.flatMap((first) =>
    styles.filter((second) => second !== first).map((second) => first + second),
  )
  return [...styles, ...joined].map(hashOf)
}

/**
 * A range may be ignored (https://www.rfc-editor.org/rfc/rfc9110#section-14.2). sirv takes all for one
 * span of bytes: what is another, or may be of another edition, would be answered with wrong bytes.
 */
function leaveWrongRange({ headers }: IncomingMessage): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
  const isRight = to === '' || (Number(to) > 0 && Number(to) >= Number(from))
  if (!isRight || headers['if-range']) delete headers.range
}

function accepted({ headers }: IncomingMessage): string {
  const takes = String(headers['accept-encoding'] ?? '')
  return ENCODINGS.filter(({ accepted }) => accepted.test(takes))
    .map(({ coding }) => coding)
    .join()
}

/** Matches an Accept-Encoding header that names this coding and does not give it the weight 0. */
function acceptance(coding: string): RegExp {
  return new RegExp(String.raw`(?:^|[\s,])${coding}\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))`, 'i')
}
