import { setTimeout as sleep } from 'node:timers/promises'

/** Tries in all: the last waits of up to 320 ms, and a reader waits less than a second. */
const MAX_ATTEMPTS = 6
/** The longest wait before the second try, in milliseconds; doubled for each that follows. */
const LONGEST_FIRST_PAUSE = 20

/** Two transactions could not both be: serialisation failure, deadlock, and CockroachDB's own word. */
const CONFLICT_CODES = new Set(['40001', '40P01', 'CR000'])
/** As older CockroachDB and YugabyteDB say the same under other codes. */
const CONFLICT_MESSAGE = /^restart transaction|restart read required/i

/** The server or the way to it ended the connection. */
const DISCONNECT_CODES = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08003',
  '08006',
  'ECONNRESET',
  'EPIPE',
])
const DISCONNECT_MESSAGE =
  /^Connection terminated unexpectedly|connection error and is not queryable/

/** Runs what may be repeated, again after a random pause for as long as it fails so, a few times. */
export async function withRetries<Result>(
  run: () => Promise<Result>,
  passes: (error: unknown) => boolean = isConflict,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (tries === MAX_ATTEMPTS || !passes(error)) throw error
    }
    await sleep(Math.random() * LONGEST_FIRST_PAUSE * 2 ** (tries - 1))
  }
}

/** The database took a transaction back because of another: the same again may well go through. */
export function isConflict(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  return CONFLICT_CODES.has(code ?? '') || CONFLICT_MESSAGE.test(message)
}

export function isDisconnect(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  return DISCONNECT_CODES.has(code ?? '') || DISCONNECT_MESSAGE.test(message)
}
