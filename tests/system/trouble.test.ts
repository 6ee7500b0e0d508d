// Tests lib/store/engine/unavailable.ts, lib/server/readiness.ts
import { spawnSync } from 'node:child_process'
import { copyFile, rename, stat } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isUnavailable, openStore } from '#lib/store/index.ts'
import { startPostgres } from '#scripts/testing/postgres.ts'
import { OWN_PAGE, SERVER, type Site, startSite } from '#tests/support/start-site.ts'
import { type TestDatabase, makeSqlite } from '#tests/support/stores.ts'

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
    await expectTrouble(site)
    await expectTrouble(site)
    limit('unlimited')
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
    await setReadOnly(postgres.url, 'off')
    await expectRecovery(site, 2)
  })
})

async function setReadOnly(server: string, value: 'on' | 'off'): Promise<void> {
  const client = new pg.Client(`${server}/postgres`)
  await client.connect()
  await client.query('set default_transaction_read_only = off')
  await client.query(`alter system set default_transaction_read_only = ${value}`)
  await client.query('select pg_reload_conf()')
  await client.end()
}
