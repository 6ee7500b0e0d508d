// Tests lib/store/engine/migrate.ts, lib/store/engine/migrations.ts, lib/store/engine/migrations/, lib/store/engine/schema.ts
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/logging/log.ts'
import { openStore } from '#lib/store/index.ts'
import { migrations } from '#lib/store/engine/migrations.ts'
import { type TestDatabase, makePostgres, makeSqlite } from '#tests/support/stores.ts'

const NAMES = Object.keys(migrations('sqlite'))
const OLDER = NAMES.slice(1)
const pathOf = (place: TestDatabase) => place.url.slice('file:'.length)

describe.each([
  ['SQLite', makeSqlite, 'sqlite'],
  ['PostgreSQL', makePostgres, 'postgres'],
] as const)('the tables on %s', (_, makePlace, engine) => {
  let place: TestDatabase
  beforeEach(async () => {
    place = await makePlace()
    vi.spyOn(log, 'info').mockImplementation(() => {})
  })
  afterEach(() => place.remove())
  const isUpToDate = async () => {
    const { kysely_migration: made } = await place.dump()
    return (
      made!
        .map(({ name }) => name)
        .sort()
        .join() === NAMES.join()
    )
  }

  test('are made once by ten that open an empty store at once', async () => {
    const stores = await Promise.all(Array.from({ length: 10 }, () => openStore(place.url)))
    expect(await isUpToDate()).toBe(true)
    expect(await place.count('tally')).toBe(16)
    await Promise.all(stores.map((store) => store.close()))
  })

  test('are made once by processes that start at once', async () => {
    const script = resolve('tests/support/store-writer.ts')
    const env = { ...process.env, DATABASE_URL: place.url }
    const start = (_: unknown, i: number) =>
      promisify(execFile)(process.execPath, [script, `p${i}-`, '1'], { env })
    await Promise.all(Array.from({ length: 10 }, start))
    expect(await isUpToDate()).toBe(true)
    expect(await place.count('votes')).toBe(10)
  })

  test.each(OLDER)(
    'as they were before %s are brought up to date by several at once',
    async (next) => {
      await makeUntil(place, engine, next)
      await place.run(COMMENT[next] ?? COMMENT.later!)
      const stores = await Promise.all(Array.from({ length: 3 }, () => openStore(place.url)))
      expect(await isUpToDate()).toBe(true)
      const page = (await stores[0]!.readComments())!
      expect(page.comments.map(({ text }) => text)).toEqual(['From before'])
      const answer = { name: 'Ben', text: 'Since', key: 'k2', parent: page.comments[0]!.id }
      await stores[1]!.addComment({ reader: 'ben', networks: ['net'], ...answer })
      expect(await place.count('comments')).toBe(2)
      await Promise.all(stores.map((store) => store.close()))
    },
  )

  test('that do not say what was public are told by what only public comments have', async () => {
    await makeUntil(place, engine, '009-was-public')
    const id = (number: number) => `018bd2e0-5880-7000-8000-00000000000${number}`
    const rows: [number, string, string][] = [
      [1, 'published', ''],
      [2, 'held', ''],
      [3, 'held', 'a moderator held it'],
      [4, 'refused', ''],
      [5, 'deleted', 'it was answered'],
      [6, 'refused', 'it was voted on'],
      [7, 'held', 'it was reported'],
      [8, 'held', 'edited'],
    ]
    for (const [number, status, was] of rows)
      await place.run(`insert into comments
        (id, root, path, reader, key, name, text, created_at, changed_at, status, up)
        values ('${id(number)}', '${id(number)}', '', 'ann', 'k${number}', 'Ann', 'Hello', 1,
          ${was === 'edited' ? 2 : 1}, '${status}', ${was === 'it was voted on' ? 1 : 0})`)
    await place.run(`update comments set parent = '${id(5)}' where id = '${id(2)}'`)
    await place.run(`insert into reports (comment, reader, reason, note, created_at)
      values ('${id(7)}', 'ben', 'spam', '', 1)`)
    for (const [number, before] of [
      [3, 'published'],
      [4, 'held'],
    ] as const)
      await place.run(`insert into acts (id, batch, act, moderator, created_at, comment, turn, "before",
        "after", detail) values ('a${number}', 'b', 'refuse', 'Mia', 1, '${id(number)}', 1,
        '${before}', 'refused', '')`)
    await (await openStore(place.url)).close()
    const { comments } = await place.dump()
    const marked = comments!.filter((row) => row.was_public === 1).map((row) => row.id)
    expect(marked.sort()).toEqual([1, 3, 5, 6, 7].map(id))
  })

  test('that a newer program made are refused', async () => {
    await (await openStore(place.url)).close()
    await place.run(`insert into kysely_migration (name, timestamp)
      values ('999-tomorrow', '2099-01-01T00:00:00.000Z')`)
    const before = await place.dump()
    await expect(openStore(place.url)).rejects.toThrow(
      /^DATABASE_URL: [^:]*: its tables were made by a newer Broadside; use that version or a later one$/,
    )
    expect(await place.dump()).toEqual(before)
  })
})

test('tables that come and go while a store is opened are no trouble', async () => {
  const place = await makePostgres()
  await (await openStore(place.url)).close()
  const columns = Array.from({ length: 200 }, (_, i) => `c${i} integer`).join()
  let isOpening = true
  const open = async () => {
    for (let i = 0; i < 10; i++) await (await openStore(place.url)).close()
  }
  const change = async () => {
    while (isOpening) {
      await place.run(`create table passing (${columns})`)
      await place.run('drop table passing')
    }
  }
  await Promise.all([open().finally(() => (isOpening = false)), change()])
  await place.remove()
})

describe('before the tables of a SQLite file change', () => {
  let place: TestDatabase
  const logged = vi.fn<(line: string) => void>()
  beforeEach(async () => {
    place = await makeSqlite()
    logged.mockReset()
    vi.spyOn(log, 'info').mockImplementation(logged as never)
  })
  afterEach(() => place.remove())
  const copies = () => {
    const folder = join(dirname(pathOf(place)), 'backups')
    return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  }

  test('what is in it is copied, once, and it is told where', async () => {
    await makeUntil(place, 'sqlite', '004-moderation')
    await place.run(COMMENT.later!)
    const stores = await Promise.all([openStore(place.url), openStore(place.url)])
    await Promise.all(stores.map((store) => store.close()))
    expect(copies()).toEqual([
      expect.stringMatching(/broadside-\d{8}T\d{9}Z-before-004-moderation\.db$/),
    ])
    expect(logged.mock.calls).toEqual([[expect.stringContaining(copies()[0]!)]])
    const copy = new DatabaseSync(copies()[0]!, { readOnly: true })
    expect(copy.prepare('select text from comments').all()).toMatchObject([{ text: 'From before' }])
    expect(copy.prepare('select count(*) as made from kysely_migration').get()!.made).toBe(3)
    copy.close()
  })

  test('nothing is copied without data, nor when nothing changes', async () => {
    await makeUntil(place, 'sqlite', '004-moderation')
    const store = await openStore(place.url)
    await store.setVote({ reader: 'ann', vote: 'up' })
    await store.close()
    await (await openStore(place.url)).close()
    expect(copies()).toEqual([])
    expect(logged).not.toHaveBeenCalled()
  })

  test('a command tells of the copy beside what it was asked for', async () => {
    await makeUntil(place, 'sqlite', '004-moderation')
    await place.run(COMMENT.later!)
    const env = { ...process.env, DATABASE_URL: place.url }
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['scripts/export.ts'], {
      env,
    })
    expect(stdout).toContain('From before')
    expect(stdout).not.toContain('being updated')
    expect(stderr).toContain(`being updated; a copy from before is ${copies()[0]}`)
  })

  test('without a copy nothing is changed', async () => {
    await makeUntil(place, 'sqlite', '004-moderation')
    await place.run(COMMENT.later!)
    const folder = join(dirname(pathOf(place)), 'backups')
    // What stands in the way of the copies: a file where their folder should be.
    new DatabaseSync(folder).exec('create table x (y)')
    await expect(openStore(place.url)).rejects.toThrow(/^DATABASE_URL: the SQLite file/)
    expect((await place.dump()).kysely_migration).toHaveLength(3)
  })
})

/** A comment as each edition kept it: `later`, since the third. */
const COMMENT: Record<string, string> = {
  '002-limits-and-approval': `insert into comments (id, reader, key, name, text, created_at)
    values ('018bd2e0-5880-7000-8000-00000000c350', 'ann', 'k1', 'Ann', 'From before', 1)`,
  '003-conversation': `insert into comments (id, reader, key, name, text, created_at)
    values ('018bd2e0-5880-7000-8000-00000000c350', 'ann', 'k1', 'Ann', 'From before', 1)`,
  later: `insert into comments (id, root, path, reader, key, name, text, created_at, changed_at, status)
    values ('018bd2e0-5880-7000-8000-00000000c350', '018bd2e0-5880-7000-8000-00000000c350', '',
      'ann', 'k1', 'Ann', 'From before', 1, 1, 'published')`,
}

/** Tables as a program made them that knew the migrations before this one. */
async function makeUntil(
  place: TestDatabase,
  engine: 'sqlite' | 'postgres',
  next: string,
): Promise<void> {
  const known = Object.entries(migrations(engine)).filter(([name]) => name < next)
  const dialect =
    engine === 'postgres'
      ? new PostgresDialect({ pool: new pg.Pool({ connectionString: place.url }) })
      : new SqliteDialect({ database: betterSqlite(pathOf(place)) })
  const db = new Kysely<unknown>({ dialect })
  const provider = { getMigrations: async () => Object.fromEntries(known) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  await db.destroy()
  if (error) throw error
}

/** `node:sqlite` as Kysely's dialect calls it. */
function betterSqlite(path: string) {
  const file = new DatabaseSync(path)
  return {
    close: () => file.close(),
    prepare: (query: string) => {
      const statement = file.prepare(query)
      const values = (all: readonly unknown[]) => all as never[]
      return {
        reader: statement.columns().length > 0,
        all: (all: readonly unknown[]) => statement.all(...values(all)),
        run: (all: readonly unknown[]) => statement.run(...values(all)),
        iterate: (all: readonly unknown[]) => statement.iterate(...values(all)),
      }
    },
  }
}
