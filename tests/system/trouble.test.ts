// Tests lib/store/engine/unavailable.ts, lib/store/engine/outage.ts, lib/server/readiness.ts, lib/server/prepare-store.ts
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, open, rename, stat, symlink } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { isUnavailable, openStore } from '#lib/store/index.ts'
import { startPostgres } from '#scripts/testing/postgres.ts'
import { OWN_PAGE, SERVER, type Site, startSite } from '#tests/support/start-site.ts'
import { makeMigratedSqlite, makeSqlite, type TestDatabase } from '#tests/support/stores.ts'

const FILES = ['', '-wal', '-shm']

/** Each text is another comment. */
const form = (site: Site, text: string) =>
  fetch(`${site.origin}/api/comments`, {
    method: 'POST',
    headers: OWN_PAGE,
    body: new URLSearchParams({ name: 'Ann', text }),
    redirect: 'manual',
  })
const total = async (site: Site) =>
  ((await (await fetch(`${site.origin}/api/comments`)).json()) as { total: number }).total

/** While the store is in trouble: told by status, nothing typed is lost, the story is served. */
async function expectTrouble(site: Site): Promise<void> {
  const answer = await form(site, 'These very words')
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await answer.text()).toContain('These very words')
  expect((await fetch(site.origin)).status).toBe(200)
}
/** Afterwards: by itself, and all that was answered is there. */
async function expectRecovery(site: Site, before: number): Promise<void> {
  await expect.poll(async () => (await form(site, `At last, ${before}`)).status).toBe(303)
  expect(await total(site)).toBe(before + 1)
}

describe('the SQLite file', () => {
  let place: TestDatabase
  let path: string
  let site: Site
  const start = async (command?: [string, ...string[]]) => {
    site = await startSite(place.url, {}, command)
    expect((await form(site, 'Before')).status).toBe(303)
  }
  beforeEach(async () => {
    place = await makeSqlite()
    path = place.url.slice('file:'.length)
  })
  afterEach(async () => {
    await site.stop()
    await place.remove()
  })

  test('locked by another for ten seconds', async () => {
    await start()
    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    // A request waits for five seconds.
    await expectTrouble(site)
    await expectTrouble(site)
    other.exec('rollback')
    other.close()
    await expectRecovery(site, 1)
  })

  test('gone, and back', async () => {
    await start()
    for (const end of FILES) await rename(path + end, `${path}.away${end}`)
    await expectTrouble(site)
    for (const end of FILES) await rename(`${path}.away${end}`, path + end)
    await expectRecovery(site, 1)
  })

  test('on a full disk', async () => {
    // A limit on the size of files, which is lifted later, stands in for the disk.
    await start(['bash', '-c', `trap '' XFSZ; exec "${process.execPath}" ${SERVER}`])
    const limit = (bytes: string) =>
      spawnSync('prlimit', ['--pid', String(site.process.pid), `--fsize=${bytes}:`])
    const { size } = await stat(`${path}-wal`)
    expect(limit(String(size)).status).toBe(0)
    expect((await fetch(`${site.origin}/api/health`)).status).toBe(200)
    await expectTrouble(site)
    await expectTrouble(site)
    // As found by what could not be written.
    const health = await fetch(`${site.origin}/api/health`)
    expect([health.status, await health.text()]).toEqual([
      503,
      expect.stringContaining('The database’s disk'),
    ])
    limit('unlimited')
    // Without a request that writes.
    await expect.poll(async () => (await fetch(`${site.origin}/api/health`)).status).toBe(200)
    await expectRecovery(site, 1)
  })

  test('replaced by one that is none of ours, and back', async () => {
    await start()
    for (const end of FILES) await rename(path + end, `${path}.away${end}`)
    const other = new DatabaseSync(path)
    other.exec('create table x (y)')
    other.close()
    await expectTrouble(site)
    for (const end of FILES) await rename(`${path}.away${end}`, path + end)
    await expectRecovery(site, 1)
  })

  test('replaced by a copy of itself', async () => {
    await start()
    await copyFile(path, `${path}.copy`)
    await copyFile(`${path}-wal`, `${path}.copy-wal`)
    await rename(`${path}.copy`, path)
    await rename(`${path}.copy-wal`, `${path}-wal`)
    await expectRecovery(site, 1)
  })
})

test('a file that may not be written is the host’s trouble, not the reader’s', async () => {
  const place = await makeSqlite()
  await (await openStore(place.url)).close()
  const file = new DatabaseSync(place.url.slice('file:'.length), { readOnly: true })
  let refusal: unknown
  try {
    file.exec('update tally set up = 1')
  } catch (error) {
    refusal = error
  }
  expect(isUnavailable(refusal)).toBe(true)
  file.close()
  await place.remove()
})

describe('PostgreSQL', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let site: Site
  beforeAll(async () => void (postgres = await startPostgres()))
  afterAll(() => postgres.remove())
  beforeEach(async () => {
    const client = new pg.Client(`${postgres.url}/postgres`)
    await client.connect()
    await client.query('drop database if exists site')
    await client.query('create database site')
    await client.end()
    site = await startSite(`${postgres.url}/site`)
  })
  afterEach(() => site.stop())

  test('restarted under load: each answer is true, and nothing typed is lost', async () => {
    const answers = { kept: 0, refused: 0 }
    let isOver = false
    const streams = Array.from({ length: 6 }, async (_, stream) => {
      for (let i = 0; !isOver; i++) {
        const answer = await form(site, `Words ${stream} ${i}.`)
        if (answer.status === 303) answers.kept++
        else {
          expect(answer.status).toBe(503)
          expect(await answer.text()).toContain(`Words ${stream} ${i}.`)
          answers.refused++
        }
      }
    })
    await expect.poll(() => answers.kept).toBeGreaterThan(50)
    await postgres.stop()
    await expect.poll(() => answers.refused).toBeGreaterThan(5)
    await postgres.start()
    const before = answers.kept
    await expect.poll(() => answers.kept - before).toBeGreaterThan(50)
    isOver = true
    await Promise.all(streams)
    // One of each stream may have been kept when its answer was cut off.
    const extra = (await total(site)) - answers.kept
    expect(extra).toBeGreaterThanOrEqual(0)
    expect(extra).toBeLessThanOrEqual(streams.length)
  })

  test('gone, and back, and read-only for a while', async () => {
    expect((await form(site, 'Before')).status).toBe(303)
    await postgres.stop()
    await expectTrouble(site)
    await postgres.start()
    await expectRecovery(site, 1)
    await setReadOnly(postgres.url, 'on')
    await expectTrouble(site)
    const health = await fetch(`${site.origin}/api/health`)
    expect([health.status, await health.text()]).toEqual([
      503,
      expect.stringContaining('The database is read-only.'),
    ])
    await setReadOnly(postgres.url, 'off')
    await expect.poll(async () => (await fetch(`${site.origin}/api/health`)).status).toBe(200)
    await expectRecovery(site, 2)
  })
})

describe('a store that is away at the start', () => {
  const health = async (site: Site) => {
    const answer = await fetch(`${site.origin}/api/health`)
    const body = (await answer.json()) as { error?: { code: string; message: string } }
    return [answer.status, body.error?.code, body.error?.message]
  }
  /** Counts the lines that say that the store is not there. */
  const told = (site: Site) => site.log.filter((line) => line.includes('served meanwhile')).length

  /** The whole of an outage that begins before the start. */
  async function expectOutage(
    site: Site,
    reason: string,
    end: () => Promise<unknown>,
    workers = 1,
  ): Promise<void> {
    for (let i = 0; i < 3; i++) await expectTrouble(site)
    const page = await fetch(`${site.origin}/comments`)
    expect(page.status).toBe(503)
    expect((await fetch(`${site.origin}/api/votes`)).status).toBe(503)
    expect(await health(site)).toEqual([503, 'unavailable', reason])
    expect((await fetch(`${site.origin}/api/health?check=live`)).status).toBe(200)
    expect(told(site)).toBe(workers)
    await end()
    // Without a request that needs it.
    await expect
      .poll(() => site.log.filter((line) => line.includes('The database is ready')).length)
      .toBe(workers)
    expect(await health(site)).toEqual([200, undefined, undefined])
    await expectRecovery(site, 0)
    const before = told(site)
    expect((await form(site, 'And more')).status).toBe(303)
    expect(told(site)).toBe(before)
  }

  test('PostgreSQL, for three workers, which make its tables when it comes', async () => {
    const postgres = await startPostgres()
    await query(`${postgres.url}/postgres`, 'create database site')
    await postgres.stop()
    const site = await startSite(`${postgres.url}/site`, { WEB_CONCURRENCY: '3' })
    const serving = () => site.log.filter((line) => line.includes('running at http')).length
    await expect.poll(serving).toBe(3)
    await expectOutage(site, 'The database cannot be reached.', () => postgres.start(), 3)
    await site.stop()
    expect(site.process.exitCode).toBe(0)
    await postgres.remove()
  })

  test('a server that accepts connections and says nothing', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const start = performance.now()
    const site = await startSite(`postgres://a:b@127.0.0.1:${port}/site`)
    expect(performance.now() - start).toBeLessThan(8_000)
    expect((await fetch(site.origin)).status).toBe(200)
    await site.stop()
    expect(site.process.exitCode).toBe(0)
    silent.close()
  })

  test('the disk of a SQLite file', async () => {
    const place = await makeSqlite()
    const folder = dirname(place.url.slice('file:'.length))
    await symlink(join(folder, 'disk'), join(folder, 'mounted'))
    const site = await startSite(`file:${join(folder, 'mounted', 'site.db')}`)
    await expectOutage(site, 'The database file is missing.', () => mkdir(join(folder, 'disk')))
    await site.stop()
    await place.remove()
  })

  test('a damaged SQLite file, until a copy takes its place', async () => {
    const place = await makeMigratedSqlite()
    const path = place.url.slice('file:'.length)
    await copyFile(path, `${path}.copy`)
    const file = await open(path, 'r+')
    // Every page but the first one, so that it is still a database.
    await file.write(Buffer.alloc((await stat(path)).size - 4096, 1), 0, undefined, 4096)
    await file.close()
    const site = await startSite(place.url)
    await expectOutage(site, 'The database is damaged.', () => rename(`${path}.copy`, path))
    await site.stop()
    await place.remove()
  })

  test.each([
    ['a password that is refused', 'site:wrong', 'postgres', 'password authentication failed'],
    ['a database that there is not', 'broadside:broadside', 'nowhere', 'does not exist'],
  ])('%s is a wrong setting, and stops the start', async (_, user, database, reason) => {
    const url = inject('postgres').replace('broadside:broadside', user)
    const started = spawnSync(process.execPath, [SERVER], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: '0',
        DATABASE_URL: `${url}/${database}`,
      },
      encoding: 'utf8',
    })
    expect(started.status).toBe(1)
    expect(started.stderr).toContain('Broadside cannot start: DATABASE_URL: PostgreSQL')
    expect(started.stderr).toContain(reason)
    expect(started.stderr).not.toContain('wrong')
  })
})

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement)
  await client.end()
}

async function setReadOnly(server: string, value: 'on' | 'off'): Promise<void> {
  const client = new pg.Client(`${server}/postgres`)
  await client.connect()
  await client.query('set default_transaction_read_only = off')
  await client.query(`alter system set default_transaction_read_only = ${value}`)
  await client.query('select pg_reload_conf()')
  await client.end()
}
