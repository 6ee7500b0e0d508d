import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { median } from '#bench/median.ts'
import { startPostgres } from '#scripts/testing/postgres.ts'
import { makeFolder } from '#bench/servers.ts'
import { openStore, type Store } from '#lib/store/index.ts'

/**
 * What a reading costs as the data grows: the median time of each, the stores asked in turn, beside that
 * of the smallest. Both engines, or the one that the first argument names; the second says how many
 * votes the largest has (10,000,000 without it, and a tenth as many comments). The data is made inside
 * the engine, and deleted when the benchmark ends.
 */
const [only, most = '10000000'] = process.argv.slice(2)
const SIZES = [
  { votes: 1_000, comments: 1_000 },
  { votes: 100_000, comments: 100_000 },
  { votes: Number(most), comments: Number(most) / 10 },
].filter(({ votes }, i) => i === 2 || votes < Number(most))
const ROUNDS = 400
/** Comments that are asked for by their ids: so many, from the first to the last. */
const LINKS = 100
const BAR = 1.3
/** Every writer has written so many comments. */
const EACH = 5
/** The first comment's time; others follow by the second. */
const BEGIN = 1_700_000_000_000

type Size = (typeof SIZES)[number]

type Reading = (store: Store, size: Size, round: number) => Promise<unknown>

const READINGS: Record<string, Reading> = {
  'the tally': (store) => store.readTally(),
  'the tally with a reader’s vote': (store, { votes }, round) =>
    store.readTally(readerOf((round * 7_919) % votes)),
  'the views': (store) => store.readViews(),
  'the newest comments': (store) => store.readComments(),
  'the oldest comments': (store) => store.readComments({ sort: 'oldest' }),
  'the best comments': (store) => store.readComments({ sort: 'best' }),
  'the page of a permalink': (store, size, round) =>
    store.readComments({ at: linkOf(size, round) }),
  'the comment of a permalink': (store, size, round) => store.readComment(linkOf(size, round)),
  'the page after a comment': (store, size, round) =>
    store.readComments({ after: linkOf(size, round) }),
  'a reader’s page': (store, _size, round) => store.readComments({}, readerOf((round % 100) * 2)),
  'the feed': (store) => store.readNewest(),
  'what has changed': (store, { comments }) =>
    store.readVersions(BEGIN + (comments - 10) * 1_000, 100),
  'the queue': (store) => store.readQueue(),
}

const say = (line: string) => console.log(line)
if (only !== 'postgres') await measure('SQLite', fillSqlite)
if (only !== 'sqlite') {
  const postgres = await startPostgres()
  try {
    await measure('PostgreSQL', (size) => fillPostgres(postgres.url, size))
  } finally {
    await postgres.remove()
  }
}

async function measure(engine: string, fill: (size: Size) => Promise<string>): Promise<void> {
  const stores: Store[] = []
  for (const size of SIZES) {
    const before = performance.now()
    stores.push(await openStore(await fill(size)))
    const seconds = ((performance.now() - before) / 1_000).toFixed(0)
    say(`${engine}: ${size.votes} votes and ${size.comments} comments made in ${seconds} s`)
  }
  for (const [name, read] of Object.entries(READINGS)) {
    const times = await readInTurn(stores, read)
    const parts = SIZES.map(
      ({ votes }, i) =>
        `${votes}: ${times[i]!.toFixed(3)} ms (${(times[i]! / times[0]!).toFixed(2)})`,
    )
    const isFlat = times.at(-1)! / times[0]! <= BAR
    say(`${engine}, ${name}: ${parts.join(', ')}${isFlat ? '' : ` ← above ${BAR}`}`)
  }
  await Promise.all(stores.map((store) => store.close()))
}

async function readInTurn(stores: Store[], read: Reading): Promise<number[]> {
  const times: number[][] = stores.map(() => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, store] of stores.entries()) {
      const before = performance.now()
      const found = await read(store, SIZES[i]!, round)
      const time = performance.now() - before
      if (found === undefined) throw new Error('nothing was read')
      // The first are slower everywhere.
      if (round >= ROUNDS / 4) times[i]!.push(time)
    }
  return times.map(median)
}

function readerOf(number: number): string {
  return `reader-${String(number).padStart(12, '0')}`
}

function linkOf({ comments }: Size, round: number): string {
  const number = Math.floor(((round % LINKS) / LINKS) * comments)
  const time = (BEGIN + number * 1_000).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`
}

async function fillSqlite(size: Size): Promise<string> {
  const path = `${makeFolder()}/growth.db`
  await (await openStore(`file:${path}`)).close()
  const file = new DatabaseSync(path)
  file.exec('pragma synchronous = off; pragma cache_size = -200000')
  const numbers = (count: number) =>
    `(with recursive n (i) as (select 0 union all select i + 1 from n where i < ${count - 1}) select i from n)`
  const hex = (digits: number, number: string) => `printf('%0${digits}x', ${number})`
  const reader = (number: string) => `printf('reader-%012d', ${number})`
  for (const statement of statements(size, numbers, hex, reader)) file.exec(statement)
  file.exec('analyze; pragma wal_checkpoint(truncate)')
  file.close()
  return `file:${path}`
}

async function fillPostgres(server: string, size: Size): Promise<string> {
  const name = `growth_${size.votes}`
  await run(`${server}/postgres`, [`create database ${name}`])
  const url = `${server}/${name}`
  await (await openStore(url)).close()
  const numbers = (count: number) => `generate_series(0, ${count - 1}) as n (i)`
  const hex = (digits: number, number: string) =>
    `lpad(to_hex(cast(${number} as bigint)), ${digits}, '0')`
  const reader = (number: string) => `'reader-' || lpad(cast(${number} as text), 12, '0')`
  await run(url, [
    'set synchronous_commit = off',
    ...statements(size, numbers, hex, reader),
    // As the server does by itself in time.
    'vacuum analyze',
  ])
  return url
}

async function run(url: string, all: string[]): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  for (const statement of all) await client.query(statement)
  await client.end()
}

/** Every third comment begins a thread, which the next two answer; some wait or are reported. */
function statements(
  { votes, comments }: Size,
  numbers: (count: number) => string,
  hex: (digits: number, number: string) => string,
  reader: (number: string) => string,
): string[] {
  const id = (number: string) => {
    const time = hex(12, `${BEGIN} + (${number}) * 1000`)
    return `substr(${time}, 1, 8) || '-' || substr(${time}, 9, 4) || '-7000-8000-' || ${hex(12, number)}`
  }
  const root = 'i - i % 3'
  return [
    `insert into votes (reader, comment, value, previous, since, changes)
      select ${reader('i')}, '', case when i % 5 = 0 then -1 else 1 end, 0, ${BEGIN}, 1
      from ${numbers(votes)}`,
    `insert into comments (id, parent, root, path, reader, key, name, text, created_at, changed_at,
        status, reason, up, down, score, replies)
      select ${id('i')}, case when i % 3 = 0 then null else ${id(root)} end, ${id(root)},
        case when i % 3 = 0 then '' else ${id('i')} end, ${reader(`i % ${comments / EACH}`)}, 'key-' || i,
        'Reader ' || i % 997, 'A comment, number ' || i % 100 || ', on the free movement of data.',
        ${BEGIN} + i * 1000, ${BEGIN} + i * 1000,
        case when i % ${Math.floor(comments / 50)} = 1 then 'held' else 'published' end,
        case when i % ${Math.floor(comments / 50)} = 1 then 'links' else null end,
        i % 17, i % 5, (i % 10007) / 10007.0, case when i % 3 = 0 then 2 else 0 end
      from ${numbers(comments)}`,
    `update tally set up = ${(votes * 4) / 5}, down = ${votes / 5}, views = ${votes * 3},
      comments = ${comments} where shard = 0`,
  ]
}
