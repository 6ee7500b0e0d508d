import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequest, sendResponse } from '@remix-run/node-fetch-server'
import next from 'next'
import * as comments from '#app/api/comments/route.ts'
import * as health from '#app/api/health/route.ts'
import * as views from '#app/api/views/route.ts'
import * as votes from '#app/api/votes/route.ts'
import { type ErrorBody, isForm, json, parseForm } from '#lib/http.ts'
import { log } from '#lib/log.ts'
import { getSecret } from '#lib/reader.ts'
import { encodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
import { closeStore, getStore } from '#lib/store/index.ts'

type Handler = (request: Request) => Promise<Response>

const routes: Record<string, Partial<Record<string, Handler>>> = {
  '/api/comments': comments,
  '/api/health': health,
  '/api/views': views,
  '/api/votes': votes,
}

const port = Number(process.env.PORT || 3000)
const hostname = process.env.HOST || undefined
const app = next({ dev: false, port, hostname })
const renderPage = app.getRequestHandler()

try {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('PORT must be a number from 0 to 65535')
  await getStore()
  await getSecret()
  await app.prepare()
} catch (error) {
  console.error(`Broadside cannot start: ${(error as Error).message}`)
  process.exit(1)
}

const server = createServer((request, response) => {
  delete request.headers[REFUSED_FORM_HEADER]
  answer(request, response).catch((error: unknown) => {
    log.error(error)
    response.destroy()
  })
})
server.on('error', (error) => {
  console.error(`Broadside cannot listen on port ${port}: ${error.message}`)
  process.exit(1)
})
server.listen(port, hostname, () => {
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  log.info(`Broadside serves http://${hostname ?? 'localhost'}:${bound}`)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)

/** Lets what is running finish, then closes the store. */
function stop(): void {
  server.close(async () => {
    await closeStore()
    process.exit(0)
  })
  server.closeIdleConnections()
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const path = incoming.url?.split('?')[0] ?? '/'
  const methods = routes[path]
  if (!methods) return renderPage(incoming, outgoing)

  const request = createRequest(incoming, outgoing)
  request.headers.set('x-forwarded-for', incoming.socket.remoteAddress ?? '')
  const form = isForm(request) ? request.clone() : undefined
  const response = await handle(methods, request)
  if (form && response.status >= 400)
    return showFormAgain(await form.text(), response, incoming, outgoing)
  await sendResponse(outgoing, response)
}

async function handle(
  methods: Partial<Record<string, Handler>>,
  request: Request,
): Promise<Response> {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const handler = methods[method]
  if (handler) return handler(request)
  const body: ErrorBody = {
    error: { code: 'method_not_allowed', message: 'This address does not take such a request.' },
  }
  return json(body, 405, { allow: Object.keys(methods).join(', ') })
}

/** Answers a refused form with the comments page: the refusal's status and what was typed. */
async function showFormAgain(
  body: string,
  refusal: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { error } = (await refusal.json()) as ErrorBody
  incoming.headers[REFUSED_FORM_HEADER] = encodeRefusedForm({
    values: readable(body),
    message: error.message,
    fields: error.fields ?? {},
  })
  incoming.method = 'GET'
  incoming.url = '/comments'
  const writeHead = outgoing.writeHead.bind(outgoing) as (...all: unknown[]) => ServerResponse
  outgoing.writeHead = (status: number, ...rest: unknown[]) =>
    writeHead(status === 200 ? refusal.status : status, ...rest)
  await renderPage(incoming, outgoing)
}

/** What was typed, as far as it can be read. */
function readable(body: string): Record<string, string> {
  try {
    return parseForm(body)
  } catch {
    return {}
  }
}
