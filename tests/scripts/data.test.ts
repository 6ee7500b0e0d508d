// Tests scripts/export.ts, scripts/import.ts, scripts/erase.ts, scripts/backup.ts, scripts/restore.ts, scripts/store-copy.ts, scripts/command.ts, lib/transfer/export-file.ts, lib/transfer/json-lines.ts
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '#lib/store/index.ts'
import { type TestDatabase, makePostgres, makeSqlite } from '#tests/support/stores.ts'

let place: TestDatabase
let store: Store
let path: string
beforeEach(async () => {
  place = await makeSqlite()
  path = place.url.slice('file:'.length)
  store = await openStore(place.url)
})
afterEach(async () => {
  await store.close()
  await place.remove()
})
const run = (name: string, ...args: string[]) => runOn(place.url, name, ...args)
const runOn = async (url: string, name: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [`scripts/${name}.ts`, ...args], {
    env: { ...process.env, DATABASE_URL: url },
  }).then(
    (done) => ({ ...done, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  )
const write = async (reader: string, text = 'Hello') => {
  const comment = { reader, networks: ['net'], key: randomUUID(), name: 'Ann', text }
  return ((await store.addComment(comment)) as { comment: { id: string } }).comment.id
}

test('an export goes to a file for its owner alone, or to standard output, and comes in again', async () => {
  await write('ann')
  await store.setVote({ reader: 'ann', vote: 'up' })
  const file = `${path}.jsonl`
  expect((await run('export', file)).stdout).toBe(`Exported 3 records to ${file}.\n`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect((await run('export')).stdout).toBe(readFileSync(file, 'utf8'))
  await store.eraseReader('ann')
  expect((await run('import', file)).stdout).toBe(
    `Read from a Broadside export.
Added: nothing.
Already there: 1 comment.
Skipped: 1 (by a reader who was erased).
`,
  )
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replaceAll('"ann"', '"ben"').replace('Ann', '\\u001b[2J'),
  )
  const dry = await run('import', file, '--dry-run')
  expect(dry.stdout).toContain('Would be added: 1 vote')
  expect(dry.stdout).toContain('nothing was changed')
  expect((await store.readTally()).up).toBe(0)
  expect((await run('import', file)).code).toBe(0)
  expect((await store.readTally()).up).toBe(1)
})

test('an export that fails leaves no file that looks whole', async () => {
  const file = `${path}-folder/none.jsonl`
  expect(await run('export', file)).toMatchObject({ code: 1, stdout: '' })
  expect(existsSync(file)).toBe(false)
})

test('a file that cannot be read or written is named', async () => {
  const folder = dirname(path)
  for (const [name, file, trouble] of [
    ['import', `${path}-none`, 'no such file or folder'],
    ['import', folder, 'this is a folder, not a file'],
    ['export', folder, 'this is a folder; give a file'],
    ['export', `${path}-folder/none`, 'no such file or folder'],
  ] as const)
    expect((await run(name, file)).stderr).toBe(`${file}: ${trouble}\n`)
})

test.each(['export', 'import', 'backup', 'restore', 'erase'])('%s --help tells how', async (name) =>
  expect(await run(name, '--help')).toEqual({
    code: 0,
    stdout: expect.stringContaining(`npm run ${name} -- `),
    stderr: '',
  }),
)

test('a broken file is named by its line', async () => {
  const file = `${path}.jsonl`
  writeFileSync(file, '{"format":"broadside","version":1}\n{"type":"vote"}\n')
  expect(await run('import', file)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^line 2: "reader" must be text/),
  })
})

test('all of a comment’s writer is erased by the comment', async () => {
  const id = await write('ann')
  await write('ann', 'more')
  await store.setVote({ reader: 'ann', vote: 'up' })
  expect((await run('erase', id.toUpperCase())).stdout).toBe(
    'Erased: the reader’s comments (2) and votes (1).\n',
  )
  expect((await store.readComments())!.total).toBe(0)
  expect(await run('erase', id)).toMatchObject({ code: 1, stderr: expect.stringContaining(id) })
})

test('a copy is made while the site runs, and restored when it does not', async () => {
  await write('ann')
  const copy = `${path}.copy`
  expect((await run('backup', copy)).stdout).toBe(`${copy} is a complete copy of the database.\n`)
  expect(await run('restore', copy)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Nothing was restored: the database is in use'),
  })
  await store.close()
  expect((await run('restore', copy)).stdout).toContain(`Restored ${copy}.`)
  store = await openStore(place.url)
  expect((await store.readComments())!.total).toBe(1)
})

test.each([
  [['ann'], '1 reader'],
  [['ann', 'ben'], '2 readers'],
])(
  'a copy restored says that what was erased since is erased again: %j',
  async (readers, count) => {
    for (const reader of readers) await write(reader)
    const copy = `${path}.copy`
    await run('backup', copy)
    for (const reader of readers) await store.eraseReader(reader)
    await store.close()
    expect((await run('restore', copy)).stdout).toContain(
      `Erased again: the data of ${count}, erased after this copy was made.\n`,
    )
    store = await openStore(place.url)
  },
)

test.each([
  ['export', ['a', 'b']],
  ['import', []],
  ['import', ['a', 'b']],
  ['erase', []],
  ['backup', ['a', 'b']],
  ['restore', []],
])('%s with %j says how it is used', async (name, args) => {
  expect(await run(name, ...args)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`npm run ${name} -- `),
  })
})

const refused = {
  code: 1,
  stdout: '',
  stderr:
    'DATABASE_URL: there is no database at that address (file:data/broadside.db if it is not set); check it, or start the site once to create one\n',
}
test.each([
  ['export', []],
  ['export', ['FILE']],
  ['erase', ['nobody']],
  ['backup', []],
])('without a store, %s %j refuses and makes nothing', async (name, args) => {
  const folder = dirname(path)
  const there = readdirSync(folder)
  const named = args.map((arg) => (arg === 'FILE' ? join(folder, 'all.jsonl') : arg))
  for (const missing of ['none.db', 'none/none.db', 'broadside.db/none.db'])
    expect(await runOn(`file:${join(folder, missing)}`, name, ...named)).toMatchObject(refused)
  expect(await runOn(`file:${folder}`, name, ...named)).toMatchObject(refused)
  expect(readdirSync(folder)).toEqual(there)
})

test('a database of another program is left as it is', async () => {
  const file = join(dirname(path), 'other.db')
  const other = new DatabaseSync(file)
  other.exec('create table x (y)')
  other.close()
  const before = readFileSync(file)
  expect(await runOn(`file:${file}`, 'export')).toMatchObject(refused)
  expect(readFileSync(file)).toEqual(before)

  const postgres = await makePostgres()
  expect(await runOn(postgres.url, 'export')).toMatchObject(refused)
  expect(await postgres.dump()).toEqual({})
  await postgres.remove()
})

test('without a store, an import makes one', async () => {
  const file = `${path}.jsonl`
  await store.setVote({ reader: 'ann', vote: 'up' })
  await run('export', file)
  const url = `file:${join(dirname(path), 'new', 'new.db')}`
  expect((await runOn(url, 'import', file)).code).toBe(0)
  expect((await runOn(url, 'export')).stdout).toContain('"reader":"ann"')
})
