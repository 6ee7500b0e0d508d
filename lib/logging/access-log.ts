import { subscribe } from 'node:diagnostics_channel'
import { fstatSync } from 'node:fs'
import { isatty } from 'node:tty'
import pino from 'pino'
import { type AnsweredRequest, requests } from '#lib/logging/events.ts'
import { openDestination } from '#lib/logging/log.ts'
import { plainLine } from '#lib/logging/plain-line.ts'

const { info: INFO, error: ERROR } = pino.levels.values

const STANDARD_OUTPUT = 1

/**
 * Most bytes of one write. Each write wakes a thread of Node's pool: one for every 4 KB took a tenth
 * of the processor's time of a story. But a pipe takes no more as one piece (PIPE_BUF): lines that
 * workers and `lib/logging/log.ts` write there would end up within a longer one.
 */
const MAX_WRITE = fstatSync(STANDARD_OUTPUT).isFile() ? 65_536 : 4_096
/** More bytes than any line has: what is collected stays below `MAX_WRITE` with it. */
const MAX_LINE = 512
/** Most milliseconds that a line waits for others. */
const FLUSH_INTERVAL = 1_000

/**
 * Writes a line on standard output for every request from now on, or only for those answered with 5xx:
 * of JSON, or plain where that is a terminal. Call it once.
 */
export function logRequests(which: 'on' | 'errors'): void {
  const minLength = MAX_WRITE - MAX_LINE
  const isTerminal = isatty(STANDARD_OUTPUT)
  let lines = ''
  // Collected here, because the destination measures all that waits in it at each write.
  const handOver = () => {
    if (!lines) return
    destination.write(lines)
    lines = ''
  }
  // Before the destination's own listener, which writes what waits there.
  process.prependOnceListener('exit', handOver)
  const destination = openDestination({ sync: false, minLength, maxWrite: MAX_WRITE })
  setInterval(() => {
    handOver()
    destination.flush()
  }, FLUSH_INTERVAL).unref()

  subscribe(requests.name, (message) => {
    const request = message as AnsweredRequest
    if (which === 'errors' && !isFailure(request.status)) return
    lines += isTerminal ? plainLine(formatLine(request)) : formatLine(request)
    if (lines.length >= minLength) handOver()
  })
}

/** Tells whether a status says that the server failed: with 501 it refuses what the client asked for. */
function isFailure(status: number): boolean {
  return status >= 500 && status !== 501
}

/** Writes a line as pino would; pino takes 1.9 µs for it, 6 % of the time of an answer with the story. */
function formatLine(answered: AnsweredRequest): string {
  const { id, method, route, status, bytes, milliseconds, left } = answered
  const level = isFailure(status) ? ERROR : INFO
  const request = `"id":"${id}","method":"${method}","route":"${route}","status":${status}`
  const sent = `"bytes":${bytes},"ms":${Math.round(milliseconds * 100) / 100}`
  const end = left ? ',"left":true}' : '}'
  return `{"level":${level},"time":${Date.now()},${request},${sent}${end}\n`
}
