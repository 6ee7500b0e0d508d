import { writeSync } from 'node:fs'
import pino from 'pino'
import { failures } from '#lib/logging/events.ts'

const ERROR = 50
const STANDARD_ERROR = 2

/** So many bytes wait for a slow reader of the log; then lines are dropped, and readers served. */
const MOST_WAITING = 1_000_000

/** At the exit, in milliseconds: the process must be gone when a stop's patience is over. */
const LAST_PATIENCE = 500

/** To sleep on at the exit, where no timer runs any more. */
const REST = new Int32Array(new SharedArrayBuffer(4))

type Options = Exclude<Parameters<typeof pino.destination>[0], string | number | undefined>
/** What pino's destination has not written yet; `_writingBuf` is under way where it is `_writing`. */
type Waiting = { fd: number; _bufs: string[]; _writing: boolean; _writingBuf: string }

let destination = openDestination()

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
  destination = openDestination({ dest: STANDARD_ERROR })
}

function errorOf(logged: unknown): unknown {
  return (logged as { err?: unknown }).err ?? logged
}

/** Standard output, unless they say otherwise; where it takes nothing more, all goes on without a log. */
export function openDestination(options: Options = {}): ReturnType<typeof pino.destination> {
  const opened = pino.destination({ maxLength: MOST_WAITING, ...options })
  opened.on('error', () => {})
  // At the exit. Its own would try for ever.
  opened.flushSync = () => writeWaiting(opened as unknown as Waiting)
  return opened
}

/** As much of it as is taken. */
function writeWaiting({ fd, _bufs, _writing, _writingBuf }: Waiting): void {
  let rest = Buffer.from((_writing ? '' : _writingBuf) + _bufs.join(''))
  for (const deadline = Date.now() + LAST_PATIENCE; rest.length > 0 && Date.now() < deadline;)
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      Atomics.wait(REST, 0, 0, 10)
    }
}
