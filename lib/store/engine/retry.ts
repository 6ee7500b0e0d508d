import { setTimeout as sleep } from 'node:timers/promises'

/** Most attempts: the last pause is up to 320 ms, and a reader waits less than a second. */
const MAX_ATTEMPTS = 6
/** Longest pause before the second attempt, in milliseconds; doubled before each that follows. */
const LONGEST_FIRST_PAUSE = 20

/** Codes of conflicts between transactions: serialisation failure, deadlock, and CockroachDB's own. */
const CONFLICT_CODES = new Set(['40001', '40P01', 'CR000'])
/** Messages of the same conflicts, for which older CockroachDB and YugabyteDB have other codes. */
const CONFLICT_MESSAGE = /^restart transaction|restart read required/i

/** Codes of connections that the server or the network has ended. */
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

/** Runs what is safe to repeat up to `MAX_ATTEMPTS` times, after random pauses, while errors are transient. */
export async function withRetries<Result>(
  run: () => Promise<Result>,
  isTransient: (error: unknown) => boolean = isConflict,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (tries === MAX_ATTEMPTS || !isTransient(error)) throw error
    }
    await sleep(Math.random() * LONGEST_FIRST_PAUSE * 2 ** (tries - 1))
  }
}

/** Tells whether the database rolled a transaction back because of another; repeated, it may succeed. */
export function isConflict(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  return CONFLICT_CODES.has(code ?? '') || CONFLICT_MESSAGE.test(message)
}

/** Tells whether the connection was ended, by the server or on the way to it. */
export function isDisconnect(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  return DISCONNECT_CODES.has(code ?? '') || DISCONNECT_MESSAGE.test(message)
}
