import { mkdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const LOCK = '.next/build.lock'
/** Most milliseconds that a build waits for another. */
const LOCK_TIMEOUT = 10 * 60 * 1_000
/** SQLite's code where another process has the file: https://www.sqlite.org/rescode.html#busy */
const BUSY = 5

/** Held here, because the lock ends with it. */
let lock: DatabaseSync | undefined

/**
 * Waits until no other build runs in this folder, and keeps others out until this process ends. SQLite
 * locks the file through the system, which releases it however a process ends.
 *
 * @param onWait called when another build runs
 * @throws {Error} when that one takes longer than ten minutes
 */
export function lockBuilds(onWait: () => void): void {
  mkdirSync('.next', { recursive: true })
  lock = new DatabaseSync(LOCK, { timeout: 0 })
  try {
    lock.exec('pragma journal_mode = off; begin exclusive')
  } catch (error) {
    if (!isBusy(error)) throw error
    onWait()
    waitForOther(lock)
  }
}

function waitForOther(file: DatabaseSync): void {
  try {
    file.exec(`pragma busy_timeout = ${LOCK_TIMEOUT}`)
    file.exec('begin exclusive')
  } catch (error) {
    if (!isBusy(error)) throw error
    throw new Error('Another build has been running for ten minutes: stop it, and build again.', {
      cause: error,
    })
  }
}

function isBusy(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === BUSY
}
