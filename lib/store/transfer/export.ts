import { type Kysely, sql } from 'kysely'
import type { DataRecord, RecordType } from '#lib/records.ts'
import type { StoreContext } from '#lib/store/context.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { columnsOf, TABLES, withoutFormKey } from '#lib/store/transfer/tables.ts'

/** Most rows in memory. */
const BATCH = 1_000

/** Begins a transaction that reads a snapshot while others go on writing. */
export const SNAPSHOT = {
  sqlite: 'begin',
  postgres: 'begin isolation level repeatable read read only',
}

/** Passes all exported records to `write`, in batches, in the same order with both engines. */
export async function exportRecords(
  { db, engine }: StoreContext,
  write: (records: DataRecord[]) => Promise<void>,
): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql.raw(SNAPSHOT[engine]).execute(connection)
    try {
      for (const [table, exported] of Object.entries(TABLES))
        if (typeof exported !== 'string') await exportTable(connection, table, exported, write)
    } finally {
      await sql`rollback`.execute(connection)
    }
  })
}

type Source = { type: RecordType; key: string[]; from?: string; only?: string }

async function exportTable(
  db: Kysely<Database>,
  table: string,
  { type, key, from = table, only = 'true' }: Source,
  write: (records: DataRecord[]) => Promise<void>,
): Promise<void> {
  const names = columnsOf(type)
  const order = sql.join(key.map((name) => sql.ref(name)))
  // The columns of the key get names of their own, because records do not have all of them.
  const keys = key.map((name) => sql`${sql.ref(name)} as ${sql.ref(`key_${name}`)}`)
  const columns = sql.join([...names.map((name) => sql.ref(name)), ...keys])
  let last: unknown[] | undefined
  do {
    const after = last && sql`and (${order}) > (${sql.join(last)})`
    const { rows } = await sql<Record<string, unknown>>`
      select ${columns} from ${sql.raw(from)}
      where ${sql.raw(only)} ${after ?? sql``}
      order by ${order} limit ${sql.lit(BATCH)}`.execute(db)
    const end = rows.at(-1)
    last = end && key.map((name) => end[`key_${name}`])
    const records = rows.map((row) => recordOf(type, names, row))
    if (records.length > 0) await write(records)
  } while (last)
}

function recordOf(type: RecordType, names: string[], row: Record<string, unknown>): DataRecord {
  const values = names.map((name) => [name, row[name]])
  const record = { type, ...Object.fromEntries(values) } as DataRecord
  return record.type === 'comment' ? withoutFormKey(record) : record
}
