import pino from 'pino'
import { z } from 'zod'
import { printable } from '#lib/terminal.ts'

/** A line of the log: of something that happened, or of a request that was answered. */
const logLine = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().optional(),
  err: z.object({ stack: z.string().optional(), message: z.string() }).optional(),
})
const request = z.object({
  method: z.string(),
  route: z.string(),
  status: z.number(),
  ms: z.number(),
})

const { warn: WARN, error: ERROR } = pino.levels.values

/** Turns a JSON line of the log into one that a person reads at a terminal. */
export function plainLine(json: string): string {
  const { level, time: _, msg = '', err, ...rest } = logLine.parse(JSON.parse(json))
  const answered = request.safeParse(rest)
  if (answered.success) {
    const { status, method, route, ms } = answered.data
    return `${printable(`${status} ${method} ${route} ${ms} ms`)}\n`
  }
  const prefix = level >= ERROR! ? 'Error: ' : level >= WARN! ? 'Warning: ' : ''
  const parts = [
    // Pino repeats there what the error says.
    msg === err?.message ? '' : prefix + msg,
    err && (err.stack ?? prefix + err.message),
    Object.keys(rest).length > 0 && JSON.stringify(rest),
  ]
  return `${printable(parts.filter(Boolean).join('\n'))}\n`
}
