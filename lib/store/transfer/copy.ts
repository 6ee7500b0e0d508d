import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database, Engine } from '#lib/store/engine/schema.ts'
import { SNAPSHOT } from '#lib/store/transfer/export.ts'
import { TABLES } from '#lib/store/transfer/tables.ts'

/** Names one side of a copy: an open database and its engine. */
export type CopySide = { db: Kysely<Database>; engine: Engine }

/** Identifies the rows of a table, whatever their order and the engine. */
export type TableChecksum = { table: string; rows: number; checksum: string }

export type CopyReport = {
  /** Checksums of the tables, the same on both sides. */
  sums: TableChecksum[]
  /** Tables of the source that were written meanwhile: the copy has not these changes. */
  changed: string[]
}

/** Most rows in memory and in one statement: SQLite takes 32,766 values. */
const BATCH = 1_000

/**
 * Copies every row of every table, secrets and sessions too, from a snapshot of the source. All or
 * nothing: the copy is read back and compared before it is committed.
 *
 * @throws when the target holds anything
 */
export async function copyRows(from: CopySide, to: CopySide): Promise<CopyReport> {
  const sums = await inSnapshot(from, (source) =>
    // On a connection of its own nothing is retried: a conflict in an empty store is a reason to stop.
    to.db.connection().execute((connection) =>
      connection.transaction().execute(async (target) => {
        await requireEmpty(target)
        await target.deleteFrom('tally').execute()
        const sums: TableChecksum[] = []
        for (const table of TABLE_NAMES) {
          const sum = await checksumOf(source, table, (rows) => insert(target, table, rows))
          if (!isSame(sum, await checksumOf(target, table)))
            throw new Error(`the table "${table}" differs from the source after copying`)
          sums.push(sum)
        }
        return sums
      }),
    ),
  )
  const after = await inSnapshot(from, async (source) => {
    const read: TableChecksum[] = []
    for (const table of TABLE_NAMES) read.push(await checksumOf(source, table))
    return read
  })
  const changed = after.filter((sum, index) => !isSame(sum, sums[index]!))
  return { sums, changed: changed.map(({ table }) => table) }
}

const TABLE_NAMES = Object.keys(TABLES) as (keyof Database)[]

/** Columns of each table that identify and order its rows. */
const KEYS: { [Table in keyof Database]: (keyof Database[Table] & string)[] } = {
  tally: ['shard'],
  erasures: ['reader_hash'],
  comments: ['id'],
  votes: ['reader', 'comment'],
  reports: ['comment', 'reader'],
  acts: ['id'],
  bans: ['kind', 'subject'],
  desk: ['name'],
  sessions: ['id'],
  deliveries: ['id'],
  quotas: ['kind', 'subject'],
  viewers: ['day', 'viewer'],
  secrets: ['name', 'day'],
}

type Row = Record<string, unknown>

async function inSnapshot<Result>(
  { db, engine }: CopySide,
  read: (source: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql.raw(SNAPSHOT[engine]).execute(connection)
    try {
      return await read(connection)
    } finally {
      await sql`rollback`.execute(connection)
    }
  })
}

async function requireEmpty(db: Kysely<Database>): Promise<void> {
  for (const table of TABLE_NAMES) {
    const isCounted = sql`up <> 0 or down <> 0 or views <> 0 or comments <> 0`
    const { rows } = await sql`select 1 from ${sql.table(table)}
      where ${table === 'tally' ? isCounted : sql`true`} limit 1`.execute(db)
    if (rows.length > 0)
      throw new Error(`it is not empty: there are rows in "${table}"; give an empty one`)
  }
}

async function checksumOf(
  db: Kysely<Database>,
  table: keyof Database,
  take: (rows: Row[]) => Promise<void> = async () => {},
): Promise<TableChecksum> {
  const sum = { table, rows: 0, checksum: 0n }
  for await (const rows of inBatches(db, table)) {
    await take(rows)
    sum.rows += rows.length
    for (const row of rows) sum.checksum = (sum.checksum + hashOf(row)) % 2n ** 128n
  }
  return { ...sum, checksum: sum.checksum.toString(16).padStart(32, '0') }
}

async function* inBatches(db: Kysely<Database>, table: keyof Database): AsyncGenerator<Row[]> {
  const key = KEYS[table] as string[]
  const order = sql.join(key.map((name) => sql.ref(name)))
  for (let last: Row | undefined; ;) {
    const after = last && sql`where (${order}) > (${sql.join(key.map((name) => last![name]))})`
    const { rows } = await sql<Row>`select * from ${sql.table(table)} ${after ?? sql``}
      order by ${order} limit ${sql.lit(BATCH)}`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < BATCH) return
    last = rows.at(-1)!
  }
}

/** Hashes a row. The checksum is the sum of the hashes, without order: engines sort text differently. */
function hashOf(row: Row): bigint {
  const columns = Object.keys(row).sort()
  const text = JSON.stringify(columns.map((name) => [name, row[name]]))
  return BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`)
}

async function insert(db: Kysely<Database>, table: keyof Database, rows: Row[]): Promise<void> {
  await db.insertInto(table).values(rows).execute()
}

function isSame(a: TableChecksum, b: TableChecksum): boolean {
  return a.rows === b.rows && a.checksum === b.checksum
}
