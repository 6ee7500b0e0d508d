import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { extname, join, relative } from 'node:path'
import type { Readable } from 'node:stream'
import sirv from 'sirv'
import { isHttpsConnection } from '#lib/http/connection.ts'
import { pathOf } from '#lib/http/paths.ts'
import { log } from '#lib/logging/log.ts'
import { isKnown } from '#lib/http/responses.ts'
import { DATA_POLICY, PICTURE_POLICY, securityHeaders } from '#lib/http/security-headers.ts'
import { chooseCoding } from '#lib/server/content-coding.ts'

const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:\?|$)/i
const YEAR_SECONDS = 31_536_000

/**
 * Serves what the build made under `/_next/static/` and beside the pages, then files of the publisher's
 * `public/`, and calls `otherwise` for all else.
 *
 * @param root the project's folder
 * @param build folder of the build that is served
 */
export function serveAssets(
  otherwise: RequestListener,
  root = '.',
  build = join(root, '.next'),
): RequestListener {
  // Not those of `build`: a later one has them for a week, when this folder has long been removed.
  const built = sirv(join(root, '.next/static'), {
    brotli: true,
    etag: true,
    gzip: true,
    // The names of these files hold a hash of what is in them.
    immutable: true,
    maxAge: YEAR_SECONDS,
  })
  const made = readFiles(join(build, 'published'))
  const published = sirv(join(root, 'public'), { etag: true, maxAge: 3600 })
  const PREFIX = '/_next/static'
  return (request, response) => {
    for (const [name, value] of Object.entries(
      securityHeaders(DATA_POLICY, isHttpsConnection(request)),
    ))
      response.setHeader(name, value)
    dropUnsafeRange(request)
    surviveLostFile(response)
    if (/\.ico(?:\?|$)/.test(request.url!)) response.setHeader('content-type', 'image/x-icon')
    const next = () => otherwise(request, response)
    if (!request.url!.startsWith(`${PREFIX}/`)) {
      // Feeds and links carry pictures to other sites.
      if (PICTURE.test(request.url!)) {
        response.setHeader('cross-origin-resource-policy', 'cross-origin')
        response.setHeader('content-security-policy', PICTURE_POLICY)
      }
      const file = made.get(pathOf(request))
      return file ? sendFile(file, request, response) : published(request, response, next)
    }
    // sirv looks for the names alone; a coding may be named to be ruled out.
    request.headers['accept-encoding'] = chooseCoding(request.headers['accept-encoding']) ?? ''
    request.url = request.url!.slice(PREFIX.length)
    built(request, response, next)
  }
}

type BuiltFile = { content: Buffer; headers: Record<string, string | number> & { etag: string } }

/** Content types of what the build makes beside the pages. */
const TYPES: Record<string, string> = {
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Reads the card, icons and manifest of a build by their paths: they are small, and later builds remove
 * their folder.
 */
function readFiles(folder: string): Map<string, BuiltFile> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return new Map(
    files
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name)
        const content = readFileSync(path)
        const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22)
        const headers = {
          'cache-control': 'public,max-age=3600',
          'content-length': content.length,
          'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
          etag: `"${hash}"`,
        }
        return [`/${relative(folder, path)}`, { content, headers }]
      }),
  )
}

function sendFile(
  { content, headers }: BuiltFile,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { 'content-length': _, ...unchanged } = headers
  if (isKnown(headers.etag, request.headers['if-none-match']))
    response.writeHead(304, unchanged).end()
  else response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : content)
}

/**
 * Removes a Range that sirv would answer with wrong bytes: it takes each for one span, of the file as it is.
 * A range may be ignored (https://www.rfc-editor.org/rfc/rfc9110#section-14.2).
 */
function dropUnsafeRange({ headers }: IncomingMessage): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
  const isRight = to === '' || (Number(to) > 0 && Number(to) >= Number(from))
  if (!isRight || headers['if-range']) delete headers.range
}

/**
 * Cuts the connection when a file cannot be read, such as one that another build has removed. sirv knows
 * files from when it was made and has sent their headers by then; an error that nothing listens to would
 * end the process.
 */
function surviveLostFile(response: ServerResponse): void {
  response.once('pipe', (file: Readable) =>
    file.once('error', (error) => {
      log.error(error)
      response.destroy()
    }),
  )
}
