import { once } from 'node:events'
import { createServer, request as send, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTime } from '#lib/server/answer-in-time.ts'

/** Milliseconds that a handler waits for the store, by path, before it reads the body and never answers. */
const STORE = { '/at-once': 0, '/late': 5_000 }
let server: Server

beforeAll(async () => {
  const handle = async (request: Request) => {
    await sleep(STORE[new URL(request.url).pathname as keyof typeof STORE])
    // As where the body of a form is read a second time.
    await Promise.all([request.clone().text(), request.text()])
    return new Promise<Response>(() => {})
  }
  server = createServer(
    getRequestListener((request, bindings) =>
      inTime(handle(request), request, (bindings as HttpBindings).incoming),
    ),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Sends a body in two halves; returns the status and the seconds from the second half to the answer. */
async function post(path: string, length: number, pause: number) {
  const { port } = server.address() as AddressInfo
  const headers = { 'content-length': String(length) }
  const request = send({ port, path, method: 'POST', headers })
  const answered = once(request, 'response')
  request.write('a'.repeat(length / 2))
  await sleep(pause)
  request.end('a'.repeat(length / 2))
  const sentAt = performance.now()
  const [answer] = (await answered) as [{ statusCode: number }]
  return [answer.statusCode, (performance.now() - sentAt) / 1_000] as const
}

test('every request is refused in time, whether its body or the store is slow', async () => {
  const cases = {
    'a body that is there at once': post('/at-once', 100, 0),
    'a large body': post('/at-once', 150_000, 0),
    'a body that the store keeps from being read': post('/late', 100, 0),
    'a large one': post('/late', 150_000, 0),
    'a body that comes slowly': post('/at-once', 100, 4_000),
    'a body that comes slowly while the store is slow': post('/late', 100, 6_000),
  }
  for (const [what, answer] of Object.entries(cases)) {
    const [status, seconds] = await answer
    expect([what, status]).toEqual([what, 503])
    expect(seconds, what).toBeLessThan(15)
    // It was given its time, but for that in which the store was waited for before.
    expect(seconds, what).toBeGreaterThan(what.endsWith('store is slow') ? 3 : 8)
  }
})
