import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import pino from 'pino'
import { escapeControls } from '#lib/json-escapes.ts'
import { failures } from '#lib/logging/events.ts'
import { plainLine } from '#lib/logging/plain-line.ts'

/** Pino's level of errors. */
const ERROR = 50
const STANDARD_OUTPUT = 1
const STANDARD_ERROR = 2

/** Most bytes that wait for a slow reader of the log; beyond it lines are dropped, so that the site goes on. */
const MAX_WAITING = 1_000_000

/** Most milliseconds for writing what waits at the exit; less than a process has to stop. */
const EXIT_TIMEOUT = 500
/** Milliseconds between tries at the exit. */
const EXIT_RETRY = 10

type DestinationOptions = Exclude<
  Parameters<typeof pino.destination>[0],
  string | number | undefined
>
type Destination = ReturnType<typeof pino.destination>

let destination = openDestination()
let isTerminal = isatty(STANDARD_OUTPUT)

/**
 * Writes one JSON object a line on standard output, or a plain line where that is a terminal. Never log an
 * address or a reader's text; an error's other fields are left out, because databases put such values there.
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
  {
    write: (line) => destination.write(isTerminal ? plainLine(line) : escapeControls(line)),
  },
)

/** Milliseconds for which an error that was logged is only counted when it comes again. */
const RECURRENCE_INTERVAL = 60_000
/** Most messages of errors that are remembered. */
const MAX_RECURRING = 100

/** The times at which errors were logged, by message: monotonic, because the clock may jump. */
const recurring = new Map<string, number>()

/**
 * Logs an error that all requests meet while it lasts, such as a database that is away: once a minute for
 * each message, so that an outage fills no disk.
 *
 * @param id of the request that met it
 */
export function logRecurring(error: unknown, id?: string): void {
  const { message } = error as Error
  const now = performance.now()
  if (now - (recurring.get(message) ?? -Infinity) < RECURRENCE_INTERVAL)
    return failures.publish(error)
  if (recurring.size === MAX_RECURRING) recurring.clear()
  recurring.set(message, now)
  log.error({ err: error, id })
}

/** Sends the log to standard error, for commands that print a result on standard output. */
export function logToStandardError(): void {
  destination = openDestination({ dest: STANDARD_ERROR })
  isTerminal = isatty(STANDARD_ERROR)
}

function errorOf(logged: unknown): unknown {
  return (logged as { err?: unknown }).err ?? logged
}

/**
 * Opens a destination for lines: standard output, unless the options name another. An error while
 * writing is ignored, so that the site goes on without a log.
 */
export function openDestination(options: DestinationOptions = {}): Destination {
  const opened = pino.destination({ maxLength: MAX_WAITING, ...options })
  opened.on('error', () => {})
  // Called at the exit; pino's own retries for ever when the disk is full or the reader has gone.
  opened.flushSync = () => writeWaiting(opened as unknown as SonicBoomState)
  return opened
}

/**
 * The private fields of pino's destination (sonic-boom) that hold what is not written yet; there is
 * no public way to them. `tests/lib/logging/log.test.ts` notices when a new version changes them.
 */
type SonicBoomState = {
  fd: number
  _bufs: string[]
  /** Bytes after a part was written. */
  _writingBuf: string | Buffer
  /** Whether `_writingBuf` is being written by another thread. */
  _writing: boolean
}

/** Writes what waits, as far as it is taken within `EXIT_TIMEOUT`; blocks the thread. */
function writeWaiting({ fd, _bufs, _writing, _writingBuf }: SonicBoomState): void {
  const first = _writing ? '' : _writingBuf
  let rest = Buffer.concat([
    typeof first === 'string' ? Buffer.from(first) : first,
    Buffer.from(_bufs.join('')),
  ])
  for (const deadline = Date.now() + EXIT_TIMEOUT; rest.length > 0 && Date.now() < deadline;)
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      sleepSync(EXIT_RETRY)
    }
}

/** Blocks the thread: no timer runs any more during the exit. */
function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
