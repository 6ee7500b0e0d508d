import { expect, test } from 'vitest'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { executeCompiled } from '#lib/store/engine/compiled-queries.ts'
import type { Database } from '#lib/store/engine/schema.ts'

const db = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})
const findBans = (subjects: string[], others: string[] = []) =>
  executeCompiled(db, 'find bans', subjects, () =>
    db
      .selectFrom('bans')
      .selectAll()
      .where('subject', 'in', [...subjects, ...others]),
  )

test('a statement whose parameters are not its values is not kept', async () => {
  await expect(findBans(['a'], ['b'])).rejects.toThrow('parameters')
  expect(await findBans(['a'])).toEqual([])
})
