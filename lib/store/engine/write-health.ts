import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Kysely, sql } from 'kysely'
import type { Database, Engine } from '#lib/store/engine/schema.ts'
import { isUnavailable } from '#lib/store/engine/unavailable.ts'

/** Milliseconds between two tries, after a write that failed; and while a file is damaged, which is read as a whole. */
const PROBE_INTERVAL = { failing: 1_000, damaged: 30_000 }
/** Bytes that a try writes: on a full disk, a few may still find room in what a file has already. */
const PROBE_SIZE = 32_768
/** The row that a try writes; left behind, it expires with the secrets of past days. */
const PROBE = { name: 'probe', day: 1 }
const SQLITE_CORRUPT = 11
const SQLITE_NOT_A_DATABASE = 26

/**
 * Watches whether the transactions of a store can be written.
 *
 * @returns a check that fails with the reason after a write that failed, until it has written something
 *   itself; it costs nothing while all writes succeed
 */
export function watchWrites(db: Kysely<Database>, engine: Engine): () => Promise<void> {
  let failure: unknown
  let probe: Promise<void> | undefined
  let probedAt = -Infinity
  onFailedTransaction(db, (error) => {
    if (isUnavailable(error)) failure = error
  })
  const write = async () => {
    try {
      if (engine === 'sqlite' && isDamage(failure)) await requireIntactFile(db)
      await writeProbe(db)
      failure = undefined
    } catch (error) {
      failure = error
    }
  }
  return async () => {
    if (failure === undefined) return
    const interval = PROBE_INTERVAL[isDamage(failure) ? 'damaged' : 'failing']
    if (!probe && performance.now() - probedAt >= interval) {
      probedAt = performance.now()
      probe = write().finally(() => (probe = undefined))
    }
    await probe
    if (failure !== undefined) throw failure
  }
}

function onFailedTransaction(db: Kysely<Database>, report: (error: unknown) => void): void {
  const transaction = db.transaction.bind(db)
  db.transaction = () => {
    const builder = transaction()
    const execute = builder.execute.bind(builder)
    builder.execute = async (run) => {
      try {
        return await execute(run)
      } catch (error) {
        report(error)
        throw error
      }
    }
    return builder
  }
}

function isDamage(error: unknown): boolean {
  const { errcode = 0 } = error as { errcode?: number }
  return [SQLITE_CORRUPT, SQLITE_NOT_A_DATABASE].includes(errcode & 0xff)
}

/**
 * Reads the whole file in a thread of its own, as that takes seconds where it is large.
 *
 * @throws when a page of the file is damaged: writes to others would succeed
 */
async function requireIntactFile(db: Kysely<Database>): Promise<void> {
  const main = sql<{ file: string }>`select file from pragma_database_list where name = 'main'`
  const { file } = (await main.execute(db)).rows[0]!
  const worker = new Worker(QUICK_CHECK, { eval: true, workerData: file })
  const [result] = await once(worker, 'message').catch((error: unknown) => [error])
  if (result === 'ok') return
  const error = new Error('The SQLite file is damaged', { cause: result })
  throw Object.assign(error, { errcode: SQLITE_CORRUPT })
}

/** https://www.sqlite.org/pragma.html#pragma_quick_check */
const QUICK_CHECK = `
const { parentPort, workerData } = require('node:worker_threads')
const { DatabaseSync } = require('node:sqlite')
const file = new DatabaseSync(workerData, { readOnly: true })
parentPort.postMessage(file.prepare('pragma quick_check(1)').get().quick_check)
file.close()`

/** Commits before it deletes: what is undone in the same transaction needs no room on the disk. */
async function writeProbe(db: Kysely<Database>): Promise<void> {
  const value = randomBytes(PROBE_SIZE).toString('base64')
  await db.transaction().execute((transaction) =>
    transaction
      .insertInto('secrets')
      .values({ ...PROBE, value })
      .onConflict((conflict) => conflict.columns(['name', 'day']).doUpdateSet({ value }))
      .execute(),
  )
  await db
    .transaction()
    .execute((transaction) =>
      transaction.deleteFrom('secrets').where('name', '=', PROBE.name).execute(),
    )
}
