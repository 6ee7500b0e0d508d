import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { inject } from 'vitest'
import { openStore } from '#lib/store/index.ts'

/** Gives a test a database of its own, and access to its rows without the store. */
export type TestDatabase = {
  /** Address for `openStore`. */
  url: string
  /** Deletes the database, or empties it for the next test. */
  remove: () => Promise<void>
  /** Counts the rows of a table. */
  count: (table: string) => Promise<number>
  /** Executes SQL, past the store. */
  run: (statement: string) => Promise<void>
  /** Reads all rows of all tables, by table. */
  dump: () => Promise<Record<string, Record<string, unknown>[]>>
}

/** Makes the address of a SQLite store that does not exist yet. */
export async function makeSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-'))
  const path = join(folder, 'broadside.db')
  return {
    url: `file:${path}`,
    remove: () => rm(folder, { recursive: true, force: true }),
    count: async (table) => {
      const file = new DatabaseSync(path, { readOnly: true })
      const row = file.prepare(`select count(*) as rows from ${table}`).get()
      file.close()
      return Number(row!.rows)
    },
    run: async (statement) => {
      const file = new DatabaseSync(path)
      file.exec(statement)
      file.close()
    },
    dump: async () => {
      const file = new DatabaseSync(path, { readOnly: true })
      const tables = file.prepare(`select name from sqlite_schema where type = 'table'`).all()
      const rows = tables.map(({ name }) => [name, file.prepare(`select * from ${name}`).all()])
      file.close()
      return Object.fromEntries(rows)
    },
  }
}

let sqliteTables: Promise<Buffer> | undefined

/** Makes a SQLite store with empty tables, as a copy: migrating takes longer than most tests. */
export async function makeMigratedSqlite(): Promise<TestDatabase> {
  sqliteTables ??= makeSqlite().then(async (made) => {
    await (await openStore(made.url)).close()
    const file = await readFile(made.url.slice('file:'.length))
    await made.remove()
    return file
  })
  const place = await makeSqlite()
  await writeFile(place.url.slice('file:'.length), await sqliteTables)
  return place
}

/** Databases that tests have finished with, emptied. */
const reusable: TestDatabase[] = []

/** Makes a PostgreSQL store with empty tables, or reuses one: emptying takes a tenth of the time. */
export async function makeMigratedPostgres(): Promise<TestDatabase> {
  return reusable.pop() ?? makePostgresTables()
}

async function makePostgresTables(): Promise<TestDatabase> {
  const place = await makePostgres()
  await (await openStore(place.url)).close()
  const tables = Object.keys(await place.dump())
  // Copies hold the rows that every new store has.
  const copies = tables.map((name) => `create table made.${name} as table ${name}`)
  await place.run(['create schema made', ...copies].join(';'))
  const renew = [
    // Connections that are left, and foreign keys, would block the deletion.
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
    'set session_replication_role = replica',
    ...tables.flatMap((name) => [`delete from ${name}`, `insert into ${name} table made.${name}`]),
  ].join(';')
  const renewable: TestDatabase = {
    ...place,
    remove: async () => {
      await place.run(renew)
      reusable.push(renewable)
    },
  }
  return renewable
}

/** Makes an empty PostgreSQL database, on the server of all tests or another. */
export async function makePostgres(server = inject('postgres')): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await query(`${server}/postgres`, `create database ${name}`)
  return {
    url: `${server}/${name}`,
    remove: async () =>
      void (await query(`${server}/postgres`, `drop database ${name} with (force)`)),
    count: async (table) => {
      const [row] = await query(`${server}/${name}`, `select count(*) as rows from ${table}`)
      return Number(row.rows)
    },
    run: async (statement) => void (await query(`${server}/${name}`, statement)),
    dump: async () => {
      const tables = await query(
        `${server}/${name}`,
        `select table_name as name from information_schema.tables where table_schema = 'public'`,
      )
      const dumped: Record<string, Record<string, unknown>[]> = {}
      for (const table of tables)
        dumped[table.name] = await query(`${server}/${name}`, `select * from ${table.name}`)
      return dumped
    },
  }
}

async function query(url: string, statement: string) {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows
}
