// Tests lib/server/stop-server.ts
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OWN_PAGE, type Site, startSite } from '#tests/support/start-site.ts'
import { type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

let place: TestDatabase
let site: Site
beforeEach(async () => {
  place = await makeSqlite()
})
afterEach(async () => {
  if (site.process.exitCode === null) await site.stop('SIGKILL')
  await place.remove()
})

const body = '{"vote":"up"}'
const headers = Object.entries({
  host: 'localhost',
  'content-type': 'application/json',
  'content-length': body.length,
  ...OWN_PAGE,
})
const VOTE = `POST /api/votes HTTP/1.1\r\n${headers.map((header) => header.join(': ')).join('\r\n')}\r\n\r\n${body}`

/** A connection of a client, and all that came on it until it was closed. */
async function open(): Promise<{ socket: Socket; answers: () => string; ended: Promise<unknown> }> {
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', (part) => (received += part))
  const ended = once(socket, 'close').catch((error: Error) => (received += error.message))
  await once(socket, 'connect')
  return { socket, answers: () => received, ended }
}

test.each(['1', '2'])(
  'what was sent before a stop is answered with WEB_CONCURRENCY=%s, though the machine was too busy to read it',
  async (workers) => {
    site = await startSite(place.url, { WEB_CONCURRENCY: workers })
    const kept = await Promise.all(Array.from({ length: 40 }, open))
    for (const { socket } of kept)
      socket.write('GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n')
    for (const { answers } of kept) await expect.poll(answers).toContain('"status":"ready"')

    site.process.kill('SIGSTOP')
    const fresh = await Promise.all(Array.from({ length: 40 }, open))
    const all = [...kept, ...fresh]
    for (const { socket } of all) socket.write(VOTE)
    const stopped = once(site.process, 'exit')
    site.process.kill('SIGTERM')
    site.process.kill('SIGCONT')

    await Promise.all(all.map(({ ended }) => ended))
    for (const { answers } of all) expect(answers()).toContain('"mine":"up"')
    expect(all.filter(({ answers }) => answers().includes('"up":80'))).not.toEqual([])
    expect(await stopped).toEqual([0, null])
  },
)

test('a request on a kept connection that comes just after the stop is answered', async () => {
  site = await startSite(place.url)
  const [client, idle] = await Promise.all([open(), open()])
  client.socket.write('GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await expect.poll(client.answers).toContain('"status":"ready"')
  const stopped = once(site.process, 'exit')
  site.process.kill('SIGTERM')
  // From now on no new connection is taken.
  while (
    await open().then(
      ({ socket }) => socket.destroy(),
      () => false,
    )
  );
  client.socket.write(VOTE)
  await client.ended
  expect(client.answers()).toMatch(/connection: close\r\n(.*\r\n)*.*"up":1/i)
  await idle.ended
  expect(idle.answers()).toBe('')
  expect(await stopped).toEqual([0, null])
})
