// Tests lib/store/transfer/, lib/records.ts
import { randomUUID } from 'node:crypto'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '#lib/store/index.ts'
import { copyStore } from '#lib/store/maintenance.ts'
import { type TestDatabase, makePostgres, makeSqlite } from '#tests/support/stores.ts'

let places: TestDatabase[]
beforeEach(() => {
  places = []
})
afterEach(async () => {
  await Promise.all(places.map((place) => place.remove()))
})
const make = async (makePlace: () => Promise<TestDatabase>) => {
  const place = await makePlace()
  places.push(place)
  return place
}

/** What is in the tables, in no order, without when they were made; 64-bit integers as numbers. */
const contents = async (place: TestDatabase) => {
  const tables = Object.entries(await place.dump()).filter(
    ([name]) => !/^(kysely|sqlite)_/.test(name),
  )
  const plain = (row: Record<string, unknown>) =>
    JSON.stringify(
      Object.entries(row)
        .map(([name, value]) => [
          name,
          /^(name|text|key|subject|value)$/.test(name)
            ? String(value)
            : isNaN(Number(value ?? NaN))
              ? value
              : Number(value),
        ])
        .sort(),
    )
  return Object.fromEntries(tables.map(([name, rows]) => [name, rows.map(plain).sort()]))
}

/** Something in every table, in an order and in characters that engines sort and count differently. */
async function fill(place: TestDatabase): Promise<void> {
  const store = await openStore(place.url, undefined, true)
  const write = async (change: object) => {
    const comment = {
      reader: 'ann',
      networks: ['net'],
      banNetworks: ['o'],
      name: 'Ann',
      text: 'Hello',
    }
    const added = await store.addComment({ ...comment, key: randomUUID(), ...change })
    return 'comment' in added ? added.comment.id : ''
  }
  const root = await write({ name: 'Zoë 👩‍👩‍👧', text: 'é É z Z\n\t“\\” \u0001' })
  const reply = await write({ reader: 'Ben', parent: root })
  const held = await write({ reader: 'cem', holdReason: 'links', fingerprint: 'w' })
  for (const reader of ['a', 'B', 'c', 'Ä', 'z']) {
    await store.setVote({ reader, vote: 'up' })
    await store.setVote({ reader, vote: reader > 'b' ? 'down' : 'up', comment: root })
  }
  await store.addReport({ comment: reply, reader: 'dan', reason: 'spam', note: '12' })
  await store.decide({ id: held, decision: 'approve', moderator: 'mia', batch: 'b' })
  await store.addBan({ comment: reply, kind: 'reader', time: '1 day', moderator: 'mia' })
  await store.addBan({ comment: reply, kind: 'network', time: '1 day', moderator: 'mia' })
  await store.changeHeldWords({ add: ['bad', 'worse'], remove: [] }, 'mia')
  await store.countView({ day: 99_999, viewer: 'v', networks: ['n'] })
  await store.addSession({ id: 's', moderator: 'mia', expires: 9e12 })
  await store.readSecret('reader')
  await store.eraseReader('z')
  await store.close()
  // More than are read at a time.
  for (let start = 0; start < 2_500; start += 500)
    await place.run(
      `insert into votes (reader, comment, value, since, changes) values ${Array.from(
        { length: 500 },
        (_, i) =>
          `('reader ${String.fromCodePoint(97 + (i % 26))}${start + i}', '', 1, ${start}, 1)`,
      )}`,
    )
}

describe.each([
  ['SQLite', makeSqlite, 'PostgreSQL', makePostgres],
  ['PostgreSQL', makePostgres, 'SQLite', makeSqlite],
] as const)('from %s', (_, makeFirst, _name, makeSecond) => {
  test('to the other engine and back, nothing has changed', async () => {
    const [first, second, third] = [
      await make(makeFirst),
      await make(makeSecond),
      await make(makeFirst),
    ]
    await fill(first)
    const before = await contents(first)
    for (const [name, rows] of Object.entries(before))
      expect(rows, `${name} is not filled`).not.toEqual([])
    const there = await copyStore(first.url, second.url)
    expect(there.changed).toEqual([])
    expect(there.sums.find(({ table }) => table === 'votes')!.rows).toBeGreaterThan(2_500)
    expect(await contents(second)).toEqual(before)
    const back = await copyStore(second.url, third.url)
    expect(back.sums).toEqual(there.sums)
    expect(await contents(third)).toEqual(before)
    expect(await contents(first)).toEqual(before)
    const moved = await openStore(third.url)
    expect((await moved.readTally('a')).mine).toBe('up')
    await moved.close()
  })

  test('a store that is not empty is left as it is', async () => {
    const [first, second] = [await make(makeFirst), await make(makeSecond)]
    await fill(first)
    const store = await openStore(second.url)
    await store.readSecret('reader')
    await store.close()
    const before = await second.dump()
    await expect(copyStore(first.url, second.url)).rejects.toThrow(
      '--to: it is not empty: there are rows in "secrets"; give an empty one',
    )
    expect(await second.dump()).toEqual(before)
  })

  test('what cannot be kept leaves the other store empty', async () => {
    const [first, second] = [await make(makeFirst), await make(makeSecond)]
    await fill(first)
    const store = await openStore(second.url)
    await store.close()
    // The last table but one: all before it has been written by then.
    await second.run('drop table viewers')
    await expect(copyStore(first.url, second.url)).rejects.toThrow(/^--to: .*viewers/)
    for (const [name, rows] of Object.entries(await second.dump()))
      if (!/^(kysely|sqlite)_|^tally$/.test(name)) expect(rows).toEqual([])
    expect(await second.count('tally')).toBe(16)
  })

  test('a store that is missing or of another version is refused, and not touched', async () => {
    const [first, second] = [await make(makeFirst), await make(makeSecond)]
    await expect(copyStore(first.url, second.url)).rejects.toThrow(/^--from: /)
    await (await openStore(first.url)).close()
    await first.run(`delete from kysely_migration where name > '008'`)
    const before = await first.dump()
    await expect(copyStore(first.url, second.url)).rejects.toThrow(
      '--from: it is not a database of this version; start the site on it once first',
    )
    expect(await first.dump()).toEqual(before)
  })

  test('what is written meanwhile is told, and not in the copy', async () => {
    const [first, second] = [await make(makeFirst), await make(makeSecond)]
    await fill(first)
    const store = await openStore(first.url)
    const before = await first.count('votes')
    const copying = copyStore(first.url, second.url)
    let isOver = false
    void copying.finally(() => (isOver = true)).catch(() => {})
    let votes = 0
    while (!isOver) await store.setVote({ reader: `late ${votes++}`, vote: 'up' })
    const { changed, sums } = await copying
    expect(changed).toEqual(expect.arrayContaining(['votes', 'tally']))
    expect(await second.count('votes')).toBe(sums.find(({ table }) => table === 'votes')!.rows)
    expect(await second.count('votes')).toBeLessThan(before + votes)
    await store.close()
  })
})

test('the command prints each table, and its usage when it is called otherwise', async () => {
  const [first, second] = [await make(makeSqlite), await make(makeSqlite)]
  await fill(first)
  const call = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/store-copy.ts', ...args])
  const { stdout } = await call('--from', first.url, '--to', second.url)
  expect(stdout).toMatch(/^comments +[\da-f]{32} +3 rows, the same on both sides$/m)
  expect(stdout).toMatch(/The copy is complete\.\n$/)
  await expect(call('--from', first.url)).rejects.toThrow(
    /Give the database to copy[\s\S]*npm run store:copy/,
  )
  await expect(call('--from', 'x', '--to', second.url)).rejects.toThrow(
    /--from: the address must be file: with a path, or postgres:\/\/ with a server/,
  )
})
