// Tests scripts/doctor.ts, lib/doctor/
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { dirname, join, resolve as resolvePath } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import pg from 'pg'
import { checkClock, checkNode, checkOpenFiles, checkProxy } from '#lib/doctor/doctor.ts'
import { openStore } from '#lib/store/index.ts'
import { startNginx } from '#tests/support/nginx.ts'
import { startSite } from '#tests/support/start-site.ts'
import {
  type TestDatabase,
  makePostgres,
  makeMigratedPostgres,
  makeMigratedSqlite,
} from '#tests/support/stores.ts'

let place: TestDatabase
beforeEach(async () => void (place = await makeMigratedSqlite()))
afterEach(() => place.remove())
const pathOf = ({ url }: TestDatabase) => url.slice('file:'.length)

type Told = { status: number; lines: string[]; errors: string }

function runDoctor(settings: Record<string, string> = {}, cwd = '.'): Promise<Told> {
  const env = { ...process.env, PORT: '0', NO_COLOR: '1', DATABASE_URL: place.url, ...settings }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [resolvePath('scripts/doctor.ts')],
      { env, cwd },
      (error, told, errors) =>
        resolve({ status: Number(error?.code ?? 0), lines: told.trim().split('\n'), errors }),
    )
  })
}

test('a set-up that is well has no line that fails', async () => {
  const { status, lines } = await runDoctor()
  expect(lines.filter((line) => line.startsWith('fail'))).toEqual([])
  expect(lines).toContainEqual(
    expect.stringMatching(/^ok {4}The database is SQLite 3\.[\d.]+ and is writable\.$/),
  )
  expect(lines).toContainEqual(expect.stringMatching(/^warn {2}Moderation is off/))
  expect(status).toBe(0)
})

test('all that is wrong with the settings is told, with 1 at the end and no secret', async () => {
  const { status, lines } = await runDoctor({ PORT: 'x', READER_SECRET: 'short-one' })
  expect(lines).toContainEqual(expect.stringMatching(/^fail {2}PORT must be/))
  expect(lines).toContainEqual(expect.stringMatching(/^fail {2}READER_SECRET must have/))
  expect(lines.join()).not.toContain('short-one')
  expect(status).toBe(1)
})

test('a store that cannot be opened, and a port that another program has, are told', async () => {
  const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { status, lines } = await runDoctor({
    DATABASE_URL: 'file:/dev/null/x',
    HOST: '127.0.0.1',
    PORT: String(port),
  })
  other.close()
  expect(lines).toContainEqual(
    expect.stringMatching(/^fail {2}DATABASE_URL: the SQLite file cannot/),
  )
  expect(lines).toContainEqual(`fail  Another program is using port ${port}: stop it, or set PORT.`)
  expect(status).toBe(1)
})

test.each(['127.0.0.1', '::1', '[::1]', '::', '0.0.0.0'])(
  'a site with HOST=%s is found on its port',
  async (HOST) => {
    const site = await startSite(place.url, { HOST })
    const { port } = new URL(site.origin)
    const { lines } = await runDoctor({ HOST, PORT: port })
    await site.stop()
    expect(lines).toContain(`ok    Broadside is running on port ${port}.`)
  },
)

test('a file that is damaged, and a folder in its place, are told with what to do', async () => {
  await writeFile(pathOf(place), 'no store at all'.repeat(100))
  expect((await runDoctor()).lines).toContain(
    'fail  DATABASE_URL: the SQLite file cannot be opened: file is not a database; move it away and restore a copy with "npm run restore".',
  )
  const folder = dirname(pathOf(place))
  expect((await runDoctor({ DATABASE_URL: `file:${folder}` })).lines).toContainEqual(
    expect.stringMatching(/^fail.*; give a file in this folder\.$/),
  )
})

test('a file that others may read is told', async () => {
  await chmod(pathOf(place), 0o644)
  expect((await runDoctor()).lines).toContainEqual(expect.stringMatching(/^warn.*run "chmod 600/))
})

test('settings that others may read are told', async () => {
  const folder = dirname(pathOf(place))
  await writeFile(join(folder, '.env'), 'MODERATOR_PASSWORD=correct horse battery\n', {
    mode: 0o644,
  })
  const told = 'warn  .env can be read by other users of this machine: run "chmod 600 .env".'
  expect((await runDoctor({}, folder)).lines).toContain(told)
  await chmod(join(folder, '.env'), 0o600)
  expect((await runDoctor({}, folder)).lines).not.toContain(told)
})

test('PostgreSQL is told with its version and clock', async () => {
  expect(inject('postgres')).toBeTruthy()
  const postgres = await makeMigratedPostgres()
  const { lines } = await runDoctor({ DATABASE_URL: postgres.url })
  await postgres.remove()
  expect(lines).toContainEqual(
    expect.stringMatching(/^ok {4}The database is PostgreSQL 18[\d.]* and is writable\.$/),
  )
  expect(lines).toContain('ok    This machine’s clock agrees with the database’s.')
})

test('a store that is not there yet will be made at the start, and is not by the doctor', async () => {
  const folder = dirname(pathOf(place))
  const there = readdirSync(folder)
  const fresh = await runDoctor({ DATABASE_URL: `file:${join(folder, 'data', 'new.db')}` })
  expect(fresh.lines).toContainEqual(
    expect.stringMatching(/^ok.*SQLite.*created at the next start/),
  )
  expect(fresh.status).toBe(0)
  expect(readdirSync(folder)).toEqual(there)

  const postgres = await makePostgres()
  const { lines } = await runDoctor({ DATABASE_URL: postgres.url })
  expect(lines).toContainEqual(expect.stringMatching(/^ok.*PostgreSQL.*created at the next start/))
  expect(await postgres.dump()).toEqual({})
  await postgres.remove()
})

test('a site that runs on another store than the one that is not there is told', async () => {
  const site = await startSite(place.url)
  const { hostname, port } = new URL(site.origin)
  const postgres = await makePostgres()
  const told: string[] = []
  for (const url of [`file:${join(dirname(pathOf(place)), 'none.db')}`, postgres.url, place.url]) {
    const { lines } = await runDoctor({ DATABASE_URL: url, HOST: hostname, PORT: port })
    told.push(...lines.filter((line) => line.includes(port)))
  }
  await Promise.all([site.stop(), postgres.remove()])
  const other = `warn  The Broadside on port ${port} uses another database than DATABASE_URL names here: run the doctor where the site runs, with its settings.`
  expect(told).toEqual([other, other, `ok    Broadside is running on port ${port}.`])
})

test.each([
  ['SQLite', makeMigratedSqlite],
  ['PostgreSQL', makeMigratedPostgres],
])('nothing is changed on %s, whatever its tables are', async (_, makePlace) => {
  const store = await makePlace()
  const isFile = store.url.startsWith('file:')
  const bytes = () => (isFile ? readFileSync(pathOf(store)) : undefined)
  // As a copy that was brought back stands there before the first start.
  if (isFile) await store.run('pragma journal_mode = delete')
  const look = async (sentence: RegExp) => {
    const before = [await store.dump(), bytes()]
    const { lines } = await runDoctor({ DATABASE_URL: store.url })
    expect(lines).toContainEqual(expect.stringMatching(sentence))
    expect([await store.dump(), bytes()]).toEqual(before)
  }
  await look(/^ok.*is writable\.$/)
  await store.run(`delete from kysely_migration where name > '008'`)
  await look(/^ok.*from an older version and will be updated at the next start\.$/)
  await store.run(`insert into kysely_migration (name, timestamp) values ('999-later', '2099')`)
  await look(/^fail.*made by a newer Broadside/)
  await store.remove()
})

test('a database that may not be written is told', async () => {
  const postgres = await makeMigratedPostgres()
  const readOnly = '?options=-c%20default_transaction_read_only%3Don'
  const { lines, status } = await runDoctor({ DATABASE_URL: postgres.url + readOnly })
  expect(lines).toContainEqual(expect.stringMatching(/^fail.*read-only transaction/))
  expect(status).toBe(1)
  await postgres.remove()
})

test('a user who may not make tables is told, and what would let him', async () => {
  const postgres = await makePostgres()
  const url = new URL(postgres.url)
  const user = `${url.pathname.slice(1)}_user`
  await postgres.run(`create role ${user} login password 'a-password'`)
  url.username = user
  url.password = 'a-password'
  const { lines } = await runDoctor({ DATABASE_URL: url.href })
  expect(lines).toContainEqual(expect.stringMatching(/^fail.*cannot create tables.*grant create/))
  await postgres.run(`drop role ${user}`)
  await postgres.remove()
})

test('a proxy in front is seen, trusted or not', async () => {
  const start = (TRUSTED_PROXIES: string) => startSite(place.url, { TRUSTED_PROXIES })
  const [trusting, other] = [await start('127.0.0.1'), await start('')]
  const told: string[] = []
  for (const site of [trusting, other]) {
    const nginx = await startNginx([site.origin, site.origin])
    const { lines } = await runDoctor({ SITE_URL: nginx.origin })
    told.push(...lines.filter((line) => line.includes('proxy')))
    await nginx.stop()
  }
  await Promise.all([trusting.stop(), other.stop()])
  expect(told).toEqual([
    'ok    The proxy in front passes on readers’ addresses and is trusted.',
    expect.stringMatching(/^fail {2}The proxy in front is not trusted/),
  ])
})

test('what stands in front and does not say who asks is told', () => {
  const silent = { forwarded: false, https: false }
  expect(checkProxy({ ...silent, trusted: true }, 'http://a').state).toBe('fail')
  expect(checkProxy({ ...silent, trusted: false }, 'https://a').state).toBe('fail')
  expect(checkProxy({ ...silent, trusted: false }, 'http://a').state).toBe('ok')
})

test('a Node that is too old, and clocks that differ, are told', () => {
  expect(checkNode('20.19.1')).toMatchObject({ state: 'fail' })
  expect(checkNode('26.0.0')).toMatchObject({ state: 'ok' })
  expect(checkClock('its', 10_000, 11_000)).toMatchObject({ state: 'ok' })
  expect(checkClock('its', 10_000, 15_000).message).toContain('differ by 5 s')
})

test('what PostgreSQL and the system let in is compared with the settings', async () => {
  // The tests' own has 200, three of them for its owner.
  const DATABASE_URL = (await makeMigratedPostgres()).url
  const few = await runDoctor({ DATABASE_URL, DATABASE_CONNECTIONS: '60', WEB_CONCURRENCY: '2' })
  expect(few.lines).toContain(
    'ok    PostgreSQL allows 197 connections, enough for 1 instance of up to 122.',
  )
  const many = await runDoctor({ DATABASE_URL, DATABASE_CONNECTIONS: '60', WEB_CONCURRENCY: '4' })
  expect(many.lines).toContain(
    'warn  PostgreSQL allows 197 connections, but this site uses up to 244: raise its max_connections, or set DATABASE_CONNECTIONS to at most 48.',
  )
  const settings = { LIVE_CONNECTIONS: 10_000, DATABASE_CONNECTIONS: 10 }
  const told = (limit: number) => [...checkOpenFiles(settings, limit)]
  expect(told(Infinity)).toEqual([])
  expect(told(65_536)).toMatchObject([{ state: 'ok' }])
  expect(told(4_096)).toEqual([
    { state: 'warn', message: expect.stringMatching(/LimitNOFILE.* at most 3886\.$/) },
  ])
  if (process.platform === 'linux')
    expect(many.lines).toContainEqual(expect.stringMatching(/A process can open (only )?\d+ files/))
})

test('a database of another encoding is refused by name', async () => {
  const server = inject('postgres')
  const owner = new pg.Client(`${server}/postgres`)
  await owner.connect()
  for (const encoding of ['LATIN1', 'SQL_ASCII']) {
    const name = `of_${encoding.toLowerCase()}`
    await owner.query(
      `create database ${name} encoding '${encoding}' locale 'C' template template0`,
    )
    const { lines, status } = await runDoctor({ DATABASE_URL: `${server}/${name}` })
    const reason = `PostgreSQL cannot be opened: its encoding is ${encoding}, which cannot store every text; create another with "create database … encoding 'UTF8' template template0"`
    expect(lines).toContainEqual(expect.stringContaining(`fail  DATABASE_URL: ${reason}`))
    expect(status).toBe(1)
    await expect(openStore(`${server}/${name}`)).rejects.toThrow(reason)
    await owner.query(`drop database ${name} with (force)`)
  }
  await owner.end()
})
