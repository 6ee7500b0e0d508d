import { randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sql } from 'kysely'
import { backupSqlite } from '#lib/store/engine/backup-sqlite.ts'
import { migrateEmptySqlite } from '#lib/store/engine/migrate.ts'
import { openSqliteInMemory } from '#lib/store/engine/sqlite.ts'
import { restoreSqlite } from '#lib/store/transfer/restore-sqlite.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import { backupStore, restoreStore } from '#lib/store/maintenance.ts'
import { type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

let place: TestDatabase
let store: Store
let path: string
let copy: string
beforeEach(async () => {
  place = await makeSqlite()
  store = await openStore(place.url)
  path = place.url.slice('file:'.length)
  copy = `${path}.copy`
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await store.close()
  await place.remove()
})
const write = async (reader: string, text: string) => {
  const comment = { reader, networks: ['net'], key: randomUUID(), name: reader, text }
  const added = await store.addComment(comment)
  return (added as { comment: { id: string } }).comment.id
}
const texts = async () => (await store.readComments())!.comments.map(({ text }) => text)
const files = () => readdirSync(dirname(path)).sort()

test('a copy made while others write is whole, one file, and its owner’s alone', async () => {
  for (let i = 0; i < 200; i++) await write(`r${i}`, `letter ${i}`)
  let writing = true
  const writes = (async () => {
    for (let i = 0; writing; i++) await store.setVote({ reader: `v${i}`, vote: 'up' })
  })()
  const before = (await store.readTally()).up
  expect(await backupSqlite(path, copy)).toBe(copy)
  writing = false
  await writes
  expect(files().filter((name) => name.includes('copy'))).toEqual(['broadside.db.copy'])
  expect(statSync(copy).mode & 0o777).toBe(0o600)
  const copied = await openStore(`file:${copy}`)
  expect((await copied.readComments())!.total).toBe(200)
  expect((await copied.readTally()).up).toBeGreaterThanOrEqual(before)
  await copied.close()
})

test('without a name a copy stands in backups/, and none is written over another', async () => {
  vi.stubEnv('DATABASE_URL', place.url)
  const made = await backupStore()
  expect(made).toMatch(/\/backups\/broadside-\d{8}T\d{9}Z\.db$/)
  await expect(backupStore(made)).rejects.toThrow('already exists')
})

test('a copy that is restored takes the store’s place, and what was there is kept', async () => {
  await write('ann', 'before')
  await backupSqlite(path, copy)
  await write('ann', 'after')
  await store.close()
  const { kept, erased } = await restoreSqlite(path, copy)
  expect(erased).toBe(0)
  store = await openStore(place.url)
  expect(await texts()).toEqual(['before'])
  await store.close()
  copyFileSync(kept!, path)
  store = await openStore(place.url)
  expect(await texts()).toEqual(['after', 'before'])
})

test('a copy is restored where there is no store', async () => {
  await write('ann', 'kept')
  await backupSqlite(path, copy)
  const other = `${dirname(path)}/elsewhere/new.db`
  expect(await restoreSqlite(other, copy)).toEqual({ kept: undefined, erased: 0 })
  const restored = await openStore(`file:${other}`)
  expect((await restored.readComments())!.total).toBe(1)
  await restored.close()
})

test('who was erased since the copy was made is erased from it', async () => {
  const root = await write('ann', 'words of ann')
  await write('ben', 'words of ben')
  await store.setVote({ reader: 'ann', vote: 'up' })
  await backupSqlite(path, copy)
  await store.eraseReader('ann')
  await store.close()
  expect((await restoreSqlite(path, copy)).erased).toBe(1)
  store = await openStore(place.url)
  expect(await texts()).toEqual(['words of ben'])
  expect((await store.readTally()).up).toBe(0)
  expect(await store.readerOf(root)).toBeUndefined()
  await store.close()
  // Nor in the free pages of the file.
  expect(readFileSync(path).includes('words of ann')).toBe(false)
  // And it stays known.
  await restoreSqlite(path, copy)
  store = await openStore(place.url)
  expect(await texts()).toEqual(['words of ben'])
})

test('a store that is in use stays', async () => {
  await write('ann', 'here')
  await backupSqlite(path, copy)
  const before = files()
  await expect(restoreSqlite(path, copy)).rejects.toThrow('the database is in use; stop the site')
  expect(files()).toEqual(before)
  await write('ann', 'still written')
  expect(await texts()).toEqual(['still written', 'here'])
})

test('what is no whole copy of a store is not restored', async () => {
  await write('ann', 'here')
  await backupSqlite(path, copy)
  await store.close()
  const before = readFileSync(path)
  const refuse = async (spoil: () => void, message: string | RegExp) => {
    spoil()
    await expect(restoreSqlite(path, copy)).rejects.toThrow(message)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(files().filter((name) => name.includes('restoring'))).toEqual([])
  }
  const change = (statement: string) => () => {
    const file = new DatabaseSync(copy)
    file.exec(statement)
    file.close()
  }
  await refuse(
    change(`insert into kysely_migration values ('999-from-the-future', '2099')`),
    'made by a newer Broadside',
  )
  await refuse(change('drop table kysely_migration'), 'not a Broadside database')
  await refuse(() => writeFileSync(copy, 'x'.repeat(10_000)), /cannot be copied|no copy/)
  await refuse(() => writeFileSync(copy, before.subarray(0, before.length / 2)), /./)
  await refuse(() => writeFileSync(copy, ''), 'not a Broadside database')
  await expect(restoreSqlite(path, `${copy}.none`)).rejects.toThrow('does not exist')
  store = await openStore(place.url)
  expect(await texts()).toEqual(['here'])
})

test('a copy of a store that was analyzed is restored', async () => {
  await write('ann', 'here')
  await backupSqlite(path, copy)
  await store.close()
  const file = new DatabaseSync(copy)
  file.exec('analyze')
  file.close()
  await restoreSqlite(path, copy)
  store = await openStore(place.url)
  expect(await texts()).toEqual(['here'])
})

test.each([
  [
    `create trigger publish_keys after insert on comments begin
      update comments set text = (select group_concat(value) from secrets) where id = new.id; end`,
    'the copy has the trigger "publish_keys"',
  ],
  ['create view everything as select * from secrets', 'the copy has the view "everything"'],
  ['create table "more \u001b[31m" (a)', 'the copy has the table "more \\u001b[31m"'],
  ['create index slow on votes (reader || comment)', 'the copy has the index "slow"'],
  [
    'alter table comments add column more text',
    'the copy defines the table "comments" differently',
  ],
  ['drop index votes_on_comments', 'the copy has no index "votes_on_comments"'],
  [
    'drop table sessions; create view sessions as select * from secrets',
    'the copy has the view "sessions"',
  ],
  [
    `pragma writable_schema = on;
      update sqlite_schema set sql = replace(sql, '"text" text', '"text" text check ("text" <> ''x'')')
      where name = 'comments'`,
    'the copy defines the table "comments" differently',
  ],
  ["delete from kysely_migration where name = '005-erasures'", 'its list of migrations has gaps'],
])(
  'a copy with parts that the site did not make is refused by name: %s',
  async (spoil, message) => {
    await write('ann', 'here')
    await backupSqlite(path, copy)
    await store.close()
    const file = new DatabaseSync(copy, { defensive: false })
    file.exec(spoil)
    file.close()
    await expect(restoreSqlite(path, copy)).rejects.toThrow(message)
    store = await openStore(place.url)
    expect(await texts()).toEqual(['here'])
  },
)

test('a store that cannot be read is not replaced, for who was erased from it is not known', async () => {
  await backupSqlite(path, copy)
  await store.close()
  writeFileSync(path, 'x'.repeat(10_000))
  await expect(restoreSqlite(path, copy)).rejects.toThrow('move it away')
  expect(existsSync(path)).toBe(true)
  writeFileSync(path, '')
})

test('a store of an earlier edition is brought up to date', async () => {
  await write('ann', 'old')
  const earlier = openSqliteInMemory()
  await migrateEmptySqlite(earlier, 4)
  await sql`vacuum into ${copy}`.execute(earlier)
  await earlier.destroy()
  const file = new DatabaseSync(copy)
  const columns = file.prepare('pragma table_info(comments)').all()
  const names = columns.map(({ name }) => String(name)).join()
  file.exec(`attach '${path}' as store; insert into comments (${names}) select ${names} from store.comments;
    update tally set up = 2, down = 1, views = 7, comments = 1`)
  file.close()
  await store.close()
  await restoreSqlite(path, copy)
  store = await openStore(place.url)
  expect(await store.readTally()).toMatchObject({ up: 2, down: 1 })
  expect(await store.readViews()).toBe(7)
  await store.eraseReader('ann')
  expect(await texts()).toEqual([])
  expect((await store.readComments())!.total).toBe(0)
})

test('PostgreSQL has its own tools', async () => {
  vi.stubEnv('DATABASE_URL', 'postgres://user:secret@host/db')
  await expect(backupStore()).rejects.toThrow(/PostgreSQL.*pg_dump/)
  await expect(restoreStore(copy)).rejects.toThrow(/pg_restore/)
})
