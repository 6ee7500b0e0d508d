// Tests lib/server/limit-connections.ts, lib/server/open-files.ts
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { SERVER, type Site, startSite } from '#tests/support/start-site.ts'
import { makePostgres, makeSqlite, type TestDatabase } from '#tests/support/stores.ts'

/** Files and connections that the server may have open. */
const LIMIT = 128

let place: TestDatabase
let site: Site
let sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets = []
  await site.stop()
  await place.remove()
})

const open = () => {
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1')
  socket.on('error', () => {})
  sockets.push(socket)
  return socket
}
/** Asks on a connection of its own; resolves to all that is answered. */
async function ask(): Promise<string> {
  const socket = open()
  let text = ''
  socket.on('data', (chunk) => (text += chunk))
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  await once(socket, 'close')
  return text
}

test.each([
  ['SQLite', makeSqlite],
  ['PostgreSQL', makePostgres],
])(
  'out of open files, new connections are refused, told once, and taken again: %s',
  async (_, make) => {
    place = await make()
    site = await startSite(place.url, {}, [
      'bash',
      '-c',
      `ulimit -n ${LIMIT}; exec "${process.execPath}" ${SERVER}`,
    ])
    expect(await ask()).toMatch(/^HTTP\/1.1 200 /)
    let answers: string[] = []
    // Until there is no more room: these say nothing, and are kept.
    while (
      sockets.length < LIMIT &&
      !answers.some((answer) => answer.startsWith('HTTP/1.1 503 '))
    ) {
      for (let i = 0; i < 5; i++) await once(open(), 'connect')
      answers = await Promise.all([ask(), ask()])
    }
    const refused = answers.find((answer) => answer.startsWith('HTTP/1.1 503 '))
    expect(refused).toMatch(/\r\nretry-after: \d+\r\n/i)
    // Many more than there is room for: each is closed, and the process goes on.
    const more = await Promise.all(Array.from({ length: 3 * LIMIT }, ask))
    const statuses = more.map((answer) => answer.slice(0, 'HTTP/1.1 503'.length))
    // Now and then one finds the room of another that was just closed.
    expect(new Set(['', 'HTTP/1.1 200', 'HTTP/1.1 503'])).toEqual(
      new Set([...statuses, '', 'HTTP/1.1 200', 'HTTP/1.1 503']),
    )
    expect(statuses.filter((status) => status !== 'HTTP/1.1 200').length).toBeGreaterThan(LIMIT)
    expect(site.process.exitCode).toBe(null)
    expect(site.log.filter((line) => line.includes('its limit of open files'))).toHaveLength(1)
    for (const socket of sockets) socket.destroy()
    await expect.poll(ask).toMatch(/^HTTP\/1.1 200 /)
    expect((await fetch(`${site.origin}/api/health`)).status).toBe(200)
    expect((await fetch(`${site.origin}/comments`)).status).toBe(200)
  },
)
