import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What stands between a reader and a site, and how it answers just now. */
export type Proxy = {
  origin: string
  /** Changes the text of an answer on its way. */
  edit: (path: string, text: string) => string
  /** Answers in place of the site; nothing lets the site answer. */
  answer: (
    path: string,
  ) => { status: number; headers: Record<string, string>; body: string } | undefined
  /** What is neither passed nor answered. */
  holds: (path: string) => boolean
  stop: () => Promise<void>
}

export async function startProxy(target: string): Promise<Proxy> {
  const server = createServer(async (request, response) => {
    const path = request.url!
    if (proxy.holds(path)) return
    const own = proxy.answer(path)
    if (own) return response.writeHead(own.status, own.headers).end(own.body)
    const answer = await fetch(target + path, await forwarded(request, target))
    const headers = Object.fromEntries(answer.headers)
    delete headers['content-encoding']
    delete headers['content-length']
    response.writeHead(answer.status, headers)
    const body = Buffer.from(await answer.arrayBuffer())
    const isText = /^text\//.test(answer.headers.get('content-type') ?? '')
    response.end(isText ? proxy.edit(path, body.toString()) : body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy: Proxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    edit: (_, text) => text,
    answer: () => undefined,
    holds: () => false,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}

async function forwarded(request: IncomingMessage, target: string): Promise<RequestInit> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (!/^(host|connection|if-none-match|origin|content-length)$/.test(name))
      headers.set(name, String(value))
  if (request.headers.origin) headers.set('origin', target)
  const method = request.method!
  const body = /GET|HEAD/.test(method) ? null : new Uint8Array(await buffer(request))
  return { method, headers, body, redirect: 'manual' }
}
