import { subscribe } from 'node:diagnostics_channel'
import { fstatSync } from 'node:fs'
import pino from 'pino'
import { type Answered, requests } from '#lib/signals.ts'

/** Which requests have a line. */
export type Logged = 'on' | 'errors' | 'off'

/**
 * Whole lines of at most so many bytes are written at once. A pipe takes no more as one piece
 * (PIPE_BUF): workers that share it never mix their lines. A file takes any write as one.
 */
const PIPED = 4_096
const FILED = 65_536
/** Lines wait for company so long, in milliseconds, … */
const PATIENCE = 1_000
/** … and in so many bytes for a slow reader of the log; then they are dropped, and readers served. */
const MOST_WAITING = 1_000_000

/** Writes a JSON line on standard output for every request, or only for those answered with 5xx. */
export function logRequests(logged: Exclude<Logged, 'off'>): void {
  const piece = fstatSync(process.stdout.fd).isFile() ? FILED : PIPED
  const destination = pino.destination({
    sync: false,
    minLength: piece - 512,
    maxWrite: piece,
    maxLength: MOST_WAITING,
    periodicFlush: PATIENCE,
  })
  const log = pino({ base: null }, destination)
  subscribe(requests.name, (message) => {
    const { id, method, route, status, bytes, milliseconds, left } = message as Answered
    const level = status < 500 ? 'info' : 'error'
    if (logged === 'errors' && level === 'info') return
    const ms = Math.round(milliseconds * 100) / 100
    log[level]({ id, method, route, status, bytes, ms, left: left || undefined })
  })
}
