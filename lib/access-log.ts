import { subscribe } from 'node:diagnostics_channel'
import pino from 'pino'
import { type Answered, requests } from '#lib/signals.ts'

/** Which requests have a line. */
export type Logged = 'on' | 'errors' | 'off'

/** As pino numbers them. */
const { info: INFO, error: ERROR } = pino.levels.values

/**
 * Whole lines of at most so many bytes are written at once. A pipe takes no more as one piece
 * (PIPE_BUF): workers that share it never mix their lines. Nor does a file do better with more: what
 * waits is copied for every line that comes, and pieces of 64 KB halved the stories a second.
 */
const PIECE = 4_096
/** Lines wait for company so long, in milliseconds, … */
const PATIENCE = 1_000
/** … and in so many bytes for a slow reader of the log; then they are dropped, and readers served. */
const MOST_WAITING = 1_000_000

/** Writes a JSON line on standard output for every request, or only for those answered with 5xx. */
export function logRequests(logged: Exclude<Logged, 'off'>): void {
  const destination = pino.destination({
    sync: false,
    minLength: PIECE - 512,
    maxWrite: PIECE,
    maxLength: MOST_WAITING,
    periodicFlush: PATIENCE,
  })
  subscribe(requests.name, (message) => {
    const { id, method, route, status, bytes, milliseconds, left } = message as Answered
    const level = status < 500 ? INFO : ERROR
    if (logged === 'errors' && level === INFO) return
    // As pino would write it: that takes 1.9 µs, which is 6 % of an answer with the story.
    const taken = `"bytes":${bytes},"ms":${Math.round(milliseconds * 100) / 100}`
    const request = `"id":"${id}","method":"${method}","route":"${route}","status":${status}`
    const end = left ? ',"left":true}' : '}'
    destination.write(`{"level":${level},"time":${Date.now()},${request},${taken}${end}\n`)
  })
}
