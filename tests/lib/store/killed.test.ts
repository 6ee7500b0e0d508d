// Tests lib/store/engine/batch.ts
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { resolve } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startPostgres } from '#scripts/testing/postgres.ts'
import { openStore } from '#lib/store/index.ts'
import { type TestDatabase, makePostgres, makeSqlite } from '#tests/support/stores.ts'

const LONG = Boolean(process.env.LONG)
/** How often one of two is killed; how many are acknowledged between, or seconds in the long form. */
const KILLS = LONG ? 6 : 1
const ACKNOWLEDGED = 100
const SECONDS = 10
const STREAMS = 6

type Load = { process: ChildProcess; lines: string[]; closed: Promise<unknown> }

function startLoad(url: string, prefix: string): Load {
  const script = resolve('tests/support/endless-writer.ts')
  const load = spawn(process.execPath, [script, prefix], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const reading = createInterface(load.stdout).on('line', (line) => lines.push(line))
  return { process: load, lines, closed: Promise.all([once(load, 'exit'), once(reading, 'close')]) }
}

const kept = ({ lines }: Load) => lines.filter((line) => /^(vote|view|comment) /.test(line)).length
const untilKept = (load: Load, more: number) => {
  const before = kept(load)
  return expect.poll(() => kept(load) - before).toBeGreaterThan(more)
}

/** What was acknowledged is there once, and no more than what was on its way besides. */
async function expectAll(place: Pick<TestDatabase, 'url' | 'dump'>, loads: Load[]): Promise<void> {
  const lines = loads.flatMap((load) => load.lines)
  expect(lines.filter((line) => line.startsWith('wrong'))).toEqual([])
  const acknowledged = (what: string) =>
    lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1))
  const { votes, viewers, comments } = await place.dump()
  for (const [what, found] of [
    ['vote', votes!.map(({ reader }) => reader)],
    ['view', viewers!.map(({ viewer }) => viewer)],
    ['comment', comments!.map(({ key }) => key)],
  ] as const) {
    const there = new Set(found)
    expect(there.size, what).toBe(found.length)
    expect(acknowledged(what).filter((name) => !there.has(name))).toEqual([])
    expect(acknowledged(what).length).toBeGreaterThan(20)
    // Each stream of one that ended had at most one thing on its way.
    expect(found.length - acknowledged(what).length).toBeLessThanOrEqual(STREAMS * loads.length)
  }
  const store = await openStore(place.url)
  const { up, down } = await store.readTally()
  expect(up).toBe(votes!.filter(({ value }) => value === 1).length)
  expect(up + down).toBe(votes!.length)
  expect(await store.readViews()).toBe(viewers!.length)
  expect((await store.readComments())!.total).toBe(comments!.length)
  await store.close()
}

test.each([
  ['SQLite', makeSqlite],
  ['PostgreSQL', makePostgres],
])(
  'of two processes on %s that write one is killed, again and again, and nothing is lost or doubled',
  async (_, makePlace) => {
    const place = await makePlace()
    const staying = startLoad(place.url, 'staying')
    const loads = [staying]
    for (let kill = 0; kill < KILLS; kill++) {
      const load = startLoad(place.url, `killed-${kill}`)
      loads.push(load)
      await untilKept(load, ACKNOWLEDGED)
      if (LONG) await sleep(SECONDS * 1_000)
      load.process.kill('SIGKILL')
      await load.closed
      await untilKept(staying, 20)
    }
    staying.process.kill('SIGTERM')
    await staying.closed
    await expectAll(place, loads)
    await place.remove()
  },
  LONG ? 180_000 : 60_000,
)

test('PostgreSQL that is restarted under load is told as trouble, and used again by itself', async () => {
  const postgres = await startPostgres()
  const url = `${postgres.url}/postgres`
  try {
    const loads = [startLoad(url, 'a'), startLoad(url, 'b')]
    for (const load of loads) await untilKept(load, 100)
    await postgres.stop()
    for (const { lines } of loads) await expect.poll(() => lines.includes('trouble')).toBe(true)
    await postgres.start()
    for (const load of loads) await untilKept(load, 100)
    for (const load of loads) load.process.kill('SIGTERM')
    await Promise.all(loads.map(({ closed }) => closed))
    await expectAll({ url, dump: () => dump(url) }, loads)
  } finally {
    await postgres.remove()
  }
})

async function dump(url: string) {
  const client = new pg.Client(url)
  await client.connect()
  const rows = async (table: string) => (await client.query(`select * from ${table}`)).rows
  const [votes, viewers, comments] = [
    await rows('votes'),
    await rows('viewers'),
    await rows('comments'),
  ]
  await client.end()
  return { votes, viewers, comments }
}
