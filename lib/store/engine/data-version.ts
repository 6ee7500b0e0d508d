import { sql } from 'kysely'
import type { StoreContext } from '#lib/store/context.ts'

/**
 * Reads a text that differs as soon as anything has been committed to the store, by whichever process: what
 * was made from the store under the same text need not be made again. It costs the same however large the
 * store is.
 */
export async function readVersion({ db, engine }: StoreContext): Promise<string> {
  const { rows } = await VERSIONS[engine].execute(db)
  return rows[0]!.version
}

/**
 * PostgreSQL names the transactions that have ended: https://www.postgresql.org/docs/current/functions-info.html
 * SQLite counts what this connection has changed, and others: https://www.sqlite.org/pragma.html#pragma_data_version
 */
const VERSIONS = {
  postgres: sql<{ version: string }>`select cast(txid_current_snapshot() as text) as version`,
  sqlite: sql<{
    version: string
  }>`select connection() || ' ' || total_changes() || ' ' || data_version as version from pragma_data_version`,
}
