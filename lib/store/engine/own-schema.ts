import { DatabaseSync } from 'node:sqlite'
import { type Kysely, sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration'
import { migrateEmptySqlite } from '#lib/store/engine/migrate.ts'
import { migrations } from '#lib/store/engine/migrations.ts'
import type { Database } from '#lib/store/engine/schema.ts'
import { openSqliteInMemory } from '#lib/store/engine/sqlite.ts'

/** A row of `sqlite_schema`: https://sqlite.org/schematab.html */
type Part = { type: string; name: string; tbl_name: string; sql: string | null }

/**
 * Refuses a SQLite file in which anything but data differs from what the migrations make: a trigger, a
 * view or another definition of a table could act on what the site writes.
 *
 * @throws an error that names the first part that is added, changed or missing
 */
export async function requireOwnSchema(path: string): Promise<void> {
  const file = new DatabaseSync(path, { readOnly: true })
  try {
    const own = new Map(
      (await readOwnSchema(countMigrations(file))).map((part) => [keyOf(part), part]),
    )
    const query = file.prepare('select type, name, tbl_name, sql from sqlite_schema')
    for (const part of query.all() as Part[]) {
      if (isStatistics(part)) continue
      const [known, label] = [own.get(keyOf(part)), labelOf(part)]
      if (!known)
        throw new Error(
          `the copy has the ${label}, which is not Broadside’s; remove it, or use another copy`,
        )
      if (definitionOf(part) !== definitionOf(known))
        throw new Error(
          `the copy defines the ${label} differently from Broadside; use another copy`,
        )
      own.delete(keyOf(part))
    }
    for (const part of own.values())
      throw new Error(`the copy has no ${labelOf(part)}; use another copy`)
  } finally {
    file.close()
  }
}

/** @throws when the migrations of a file are not the first of all, without a gap */
function countMigrations(file: DatabaseSync): number {
  const query = file.prepare(`select name from ${DEFAULT_MIGRATION_TABLE} order by name`)
  const made = query.all().map(({ name }) => name)
  const first = Object.keys(migrations('sqlite')).slice(0, made.length)
  if (made.join() !== first.join())
    throw new Error('its list of migrations has gaps: it is not a Broadside database')
  return made.length
}

/** Returns the schema of a store after its first `count` migrations. */
async function readOwnSchema(count: number): Promise<Part[]> {
  const db: Kysely<Database> = openSqliteInMemory()
  try {
    await migrateEmptySqlite(db, count)
    const { rows } = await sql<Part>`select type, name, tbl_name, sql from sqlite_schema`.execute(
      db,
    )
    return rows
  } finally {
    await db.destroy()
  }
}

function keyOf({ type, name }: Part): string {
  return `${type} ${name}`
}

/** Leaves out what versions of SQLite write differently when they alter a table: quotes and spaces. */
function definitionOf({ tbl_name, sql }: Part): string {
  return `${tbl_name} ${sql?.replaceAll('"', '').replace(/\s+/g, ' ')}`
}

/** Recognises the table that `analyze` makes, whose name no statement can give to another. */
function isStatistics({ type, name, sql }: Part): boolean {
  return (
    type === 'table' && name === 'sqlite_stat1' && sql === 'CREATE TABLE sqlite_stat1(tbl,idx,stat)'
  )
}

function labelOf({ type, name }: Part): string {
  return `${type} ${JSON.stringify(name)}`
}
