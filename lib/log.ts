import pino from 'pino'
import { failures } from '#lib/signals.ts'

const ERROR = 50
const STANDARD_ERROR = 2

let destination = pino.destination()

/**
 * One JSON object a line on standard output; never an address or a reader's text, which a
 * database puts into the details of its errors.
 */
export const log = pino(
  {
    base: null,
    hooks: {
      logMethod(args, method, level) {
        if (level >= ERROR) failures.publish(errorOf(args[0]))
        method.apply(this, args)
      },
    },
    serializers: {
      err: ({ name, message, code, stack }: NodeJS.ErrnoException) => ({
        name,
        message,
        code,
        stack,
      }),
    },
  },
  { write: (line) => destination.write(line) },
)

/** For commands, whose standard output is what was asked for. */
export function logToStandardError(): void {
  destination = pino.destination(STANDARD_ERROR)
}

function errorOf(logged: unknown): unknown {
  return (logged as { err?: unknown }).err ?? logged
}
