// Tests lib/store/engine/retry.ts, lib/store/engine/unavailable.ts
import { connect, createServer, type Socket } from 'node:net'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { getSettings } from '#lib/settings/settings.ts'
import { isUnavailable, openStore } from '#lib/store/index.ts'
import { connectPostgres, openPostgres } from '#lib/store/engine/postgres.ts'
import { withRetries } from '#lib/store/engine/retry.ts'
import { type TestDatabase, makePostgres } from '#tests/support/stores.ts'

const conflict = (code: string, message = '') => Object.assign(new Error(message), { code })

describe('what is tried again', () => {
  test.each([
    conflict('40001'),
    conflict('40P01'),
    conflict('CR000'),
    conflict('XX000', 'restart transaction: TransactionRetryWithProtoRefreshError'),
    conflict('XX000', 'Restart read required at: { read: … }'),
  ])('a transaction that met another: %s', async (error) => {
    let tries = 0
    const run = async () => {
      if (++tries < 3) throw error
      return tries
    }
    expect(await withRetries(run)).toBe(3)
  })

  test('but not for ever, and then it is the store’s trouble', async () => {
    const run = vi.fn(async () => {
      throw conflict('40001')
    })
    const failed = await withRetries(run).catch((error: unknown) => error)
    expect(isUnavailable(failed)).toBe(true)
    expect(run).toHaveBeenCalledTimes(6)
  })

  test.each([conflict('23505'), conflict('40003'), new Error('wrong')])(
    'and nothing else: %s',
    async (error) => {
      const run = vi.fn(async () => {
        throw error
      })
      await expect(withRetries(run)).rejects.toBe(error)
      expect(run).toHaveBeenCalledTimes(1)
    },
  )
})

describe('with PostgreSQL', () => {
  let place: TestDatabase
  beforeEach(async () => {
    place = await makePostgres()
  })
  afterEach(() => place.remove())

  test('what two servers write at once is all there where transactions are serialised', async () => {
    const name = new URL(place.url).pathname.slice(1)
    await place.run(`alter database ${name} set default_transaction_isolation = 'serializable'`)
    const stores = await Promise.all([openStore(place.url), openStore(place.url)])
    const root = await stores[0].addComment({ ...COMMENT, key: randomUUID() })
    const comment = 'comment' in root ? root.comment.id : ''
    await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const store = stores[i % 2]!
        await store.setVote({ reader: `r${i}`, vote: 'up' })
        await store.setVote({ reader: `r${i}`, vote: 'down', comment })
        await store.countView({ day: 99_999, viewer: `v${i}`, networks: [`n${i % 3}`, 'wide'] })
        await store.addComment({ ...COMMENT, reader: `r${i}`, key: randomUUID(), parent: comment })
      }),
    )
    const page = (await stores[1].readComments())!
    expect(page.total).toBe(41)
    expect(page.comments[0]!.votes).toMatchObject({ up: 0, down: 40 })
    expect(await stores[0].readTally()).toMatchObject({ up: 40, down: 0 })
    expect(await stores[0].readViews()).toBe(40)
    await Promise.all(stores.map((store) => store.close()))
  })

  test('a statement that takes too long is ended, and the connection used again', async () => {
    const { postgres } = getSettings()
    const db = await openPostgres(place.url, { ...postgres, connections: 1, statementTimeout: 100 })
    const late = await sql`select pg_sleep(60)`.execute(db).catch((error: unknown) => error)
    expect(isUnavailable(late)).toBe(true)
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
    await db.destroy()
  })

  test('a process takes no more connections than it may', async () => {
    const db = connectPostgres(place.url, { ...getSettings().postgres, connections: 2 })
    const asked = Array.from({ length: 8 }, async () => {
      const { rows } = await sql<{ pid: number }>`
        select pg_backend_pid() as pid, pg_sleep(0.02)`.execute(db)
      return rows[0]!.pid
    })
    expect(new Set(await Promise.all(asked)).size).toBe(2)
    await db.destroy()
  })

  test('a server that takes connections and says nothing is given up', async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => sockets.push(socket))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const { postgres, limits } = getSettings()
    const url = `postgres://broadside:broadside@127.0.0.1:${port}/none`
    const refused = await openStore(url, limits, false, { ...postgres, connectTimeout: 100 }).catch(
      (error: unknown) => error,
    )
    expect(isUnavailable(refused)).toBe(true)
    expect((refused as Error).message).toMatch(
      /^DATABASE_URL: .*; check that the database is running/,
    )
    for (const socket of sockets) socket.destroy()
    silent.close()
  })

  test('connections that the server drops while idle are replaced without a word', async () => {
    const store = await openStore(place.url)
    const many = () => Promise.all(Array.from({ length: 5 }, () => store.readTally()))
    await many()
    const { pathname } = new URL(place.url)
    await place.run(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${pathname.slice(1)}' and pid <> pg_backend_pid()`)
    await store.setVote({ reader: 'ann', vote: 'up' })
    expect((await store.readTally('ann')).mine).toBe('up')
    await many()
    await store.close()
  })

  test('a connection that goes silent is given up, and another takes its place', async () => {
    const server = new URL(inject('postgres'))
    const open: Socket[] = []
    const forgotten = new Set<Socket>()
    // A firewall that has forgotten a connection: it takes what is sent, and nothing comes back.
    const firewall = createServer((socket) => {
      const behind = connect(Number(server.port), '127.0.0.1')
      open.push(socket)
      for (const end of [socket, behind]) end.on('error', () => {})
      socket.on('data', (data) => forgotten.has(socket) || behind.write(data))
      behind.on('data', (data) => forgotten.has(socket) || socket.write(data))
      socket.on('close', () => behind.destroy())
    })
    await new Promise<void>((resolve) => firewall.listen(0, '127.0.0.1', resolve))
    const { port } = firewall.address() as { port: number }
    const url = `postgres://broadside:broadside@127.0.0.1:${port}${new URL(place.url).pathname}`
    const { postgres, limits } = getSettings()
    const store = await openStore(url, limits, false, {
      ...postgres,
      connections: 1,
      statementTimeout: 200,
    })
    await store.setVote({ reader: 'ann', vote: 'up' })
    for (const socket of open) forgotten.add(socket)
    const lost = await store.setVote({ reader: 'ben', vote: 'up' }).catch((error: unknown) => error)
    expect(isUnavailable(lost)).toBe(true)
    expect(await store.setVote({ reader: 'cem', vote: 'up' })).toMatchObject({ up: 2 })
    await store.close()
    firewall.close()
  })
})

const COMMENT = { reader: 'ann', networks: ['net'], name: 'Ann', text: 'Hello' }
