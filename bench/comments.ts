import { brotliCompressSync } from 'node:zlib'
import pg from 'pg'
import { fill } from '#bench/fill.ts'
import { median } from '#bench/median.ts'
import { startPostgres } from '#scripts/testing/postgres.ts'
import { makeFolder, type Running, startBroadside } from '#bench/servers.ts'

/**
 * What the first page of comments costs with 100, 10,000 and 100,000 of them, on both stores: the median
 * time of an answer, the servers asked in turn, beside that of 100; and the weight of the page in HTML.
 * Every third comment begins a thread, the others answer one. Named, it is one store alone: SQLite or
 * PostgreSQL. Needs a build.
 */
const SIZES = [100, 10_000, 100_000]
const ROUNDS = 200
const [chosen] = process.argv.slice(2)

const postgres = await startPostgres()
const engines: [string, (count: number) => Promise<string>][] = [
  ['SQLite', async () => `file:${makeFolder()}/comments.db`],
  [
    'PostgreSQL',
    async (count) => {
      const client = new pg.Client(`${postgres.url}/postgres`)
      await client.connect()
      await client.query(`create database comments_${count}`)
      await client.end()
      return `${postgres.url}/comments_${count}`
    },
  ],
]
try {
  for (const [engine, place] of engines.filter(([name]) => name === (chosen ?? name))) {
    const sites: Running[] = []
    for (const count of SIZES) {
      const url = await place(count)
      await fill(url, count)
      sites.push(await startBroadside(url))
    }
    for (const path of ['/api/comments', '/api/comments?sort=best', '/comments']) {
      const times = await askInTurn(sites, path)
      const ratios = times.map((time) => (time / times[0]!).toFixed(2))
      console.log(
        `${engine} ${path}: ${SIZES.map((size, i) => `${size} ${times[i]!.toFixed(2)} ms (${ratios[i]})`).join(', ')}`,
      )
    }
    const html = Buffer.from(await (await fetch(`${sites.at(-1)!.origin}/comments`)).arrayBuffer())
    const size = brotliCompressSync(html).length
    console.log(`${engine} /comments: ${size} bytes of HTML in brotli (limit 60,000)`)
    await Promise.all(sites.map((site) => site.stop()))
  }
} finally {
  await postgres.remove()
}

async function askInTurn(sites: Running[], path: string): Promise<number[]> {
  const times: number[][] = sites.map(() => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, { origin }] of sites.entries()) {
      const before = performance.now()
      const response = await fetch(origin + path)
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`${path} answered ${response.status}`)
      // The first are slower everywhere.
      if (round >= ROUNDS / 4) times[i]!.push(performance.now() - before)
    }
  return times.map(median)
}
