import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'

const LINES = 3_000
const ERRORS = 100

/** Answers many requests at once, with errors between them, and stays. */
const BUSY = `
import { logRequests } from '#lib/logging/access-log.ts'
import { log } from '#lib/logging/log.ts'
import { requests } from '#lib/logging/events.ts'
logRequests('on')
const answered = { id: 'a', method: 'GET', route: '/', status: 200, bytes: 9, milliseconds: 1, left: false }
for (let i = 0; i < ${LINES}; i++) {
  requests.publish(answered)
  if (i % ${LINES / ERRORS} === 0) log.error(new Error('trouble'))
  if (i % 50 === 0) await new Promise(setImmediate)
}
setInterval(() => {}, 1_000)
`

test('who reads the log slowly gets whole lines, and all of them while nothing more comes', async () => {
  const server = spawn(process.execPath, ['--input-type=module-typescript', '-e', BUSY], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stopped = once(server, 'exit')
  let lines: string[] = []
  let log = ''
  for await (const part of server.stdout.setEncoding('utf8')) {
    log += part
    lines = log.split('\n').slice(0, -1)
    if (lines.length >= LINES + ERRORS) break
    // Slower than it is written: the pipe fills.
    await sleep(5)
  }
  server.kill()
  await stopped
  const kinds = lines.map((line) => ('msg' in JSON.parse(line) ? 'error' : 'request'))
  expect(kinds.filter((kind) => kind === 'request')).toHaveLength(LINES)
  expect(kinds.filter((kind) => kind === 'error')).toHaveLength(ERRORS)
})

test('what the server failed at is an error, and what it refuses is none', async () => {
  const script = `
import { logRequests } from '#lib/logging/access-log.ts'
import { requests } from '#lib/logging/events.ts'
logRequests('on')
for (const status of [200, 404, 500, 501, 503])
  requests.publish({ id: 'a', method: 'GET', route: '/', status, bytes: 9, milliseconds: 1, left: false })
`
  const server = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = (await server.stdout.setEncoding('utf8').toArray()).join('').trim().split('\n')
  const levels = lines.map((line) => {
    const { status, level } = JSON.parse(line) as { status: number; level: number }
    return [status, level]
  })
  expect(levels).toEqual([
    [200, 30],
    [404, 30],
    [500, 50],
    [501, 30],
    [503, 50],
  ])
})
