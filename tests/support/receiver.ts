import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Message = { headers: IncomingHttpHeaders; body: string }

/**
 * The other end of a webhook, on a free port: keeps what it is sent, and answers with these statuses in
 * turn, then with 204. With the status 0 it never answers.
 */
export async function startReceiver(...statuses: number[]) {
  const messages: Message[] = []
  const server = createServer(async (request, response) => {
    messages.push({ headers: request.headers, body: await text(request) })
    const status = statuses.shift() ?? 204
    if (status !== 0) response.writeHead(status, { location: '/elsewhere' }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    messages,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Whether somebody with this secret signed the message. */
export function isSigned({ headers, body }: Message, secret: string): boolean {
  const [, time, signature] = String(headers['x-broadside-signature']).match(
    /^t=(\d+),v1=([\da-f]{64})$/,
  )!
  return signature === createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
}
