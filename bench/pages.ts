import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fill } from '#bench/fill.ts'
import { median } from '#bench/median.ts'
import { makeFolder, type Running, startBroadside, startScript, wrk } from '#bench/servers.ts'

/**
 * What one process answers a second, with a log line each: the story beside a bare `node:http` answer of
 * the same bytes, alone and while 1,000 votes a second come in; and the page of 50 comments for a reader
 * with a cookie and without, with its size. Then the memory after a minute of all that with 1,000
 * comments, and how long a start takes to its first answer. Medians of turns; needs a build and wrk.
 */
const TURNS = 5
const BROTLI = ['accept-encoding: br']
const folder = makeFolder()
const url = `file:${folder}/pages.db`
await fill(url, 1_000)

const site = await startBroadside(url)
const story = await fetch(site.origin, { headers: { 'accept-encoding': 'br' } })
console.log(`story: ${story.headers.get('content-length')} bytes in brotli (bar 10,000)`)
await story.arrayBuffer()
writeFileSync(`${folder}/story.br`, await raw(`${site.origin}/`))
const bare = await startScript('bench/bare-page.ts', { BENCH_FILE: `${folder}/story.br` })

const rates = (server: Running, path = '/', headers = BROTLI) =>
  wrk(server.origin + path, { headers, seconds: 2 }).rate
rates(site)
rates(bare)
const alone = Array.from({ length: TURNS }, () => rates(site) / rates(bare))
console.log(`story / bare node:http, alone: ${median(alone).toFixed(2)} (bar 0.85)`)

const busy: number[] = []
for (let turn = 0; turn < TURNS; turn++) {
  const least = rates(bare)
  const voters = vote(site.origin, 4)
  await new Promise((wait) => setTimeout(wait, 1_000))
  busy.push(rates(site) / least)
  console.log(`  ${Math.round(await voters)} votes a second meanwhile`)
}
console.log(
  `story / bare node:http, with 1,000 votes a second: ${median(busy).toFixed(2)} (bar 0.7)`,
)

const voted = await fetch(`${site.origin}/api/votes`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  body: '{"vote":"up"}',
})
await voted.arrayBuffer()
const cookie = `cookie: ${voted.headers.get('set-cookie')!.split(';')[0]}`
for (const [reader, headers, bar] of [
  ['with a cookie', [...BROTLI, cookie], 150],
  ['without', BROTLI, 5_000],
] as const) {
  const all = Array.from({ length: TURNS }, () => rates(site, '/comments', [...headers]))
  console.log(`/comments, 50 comments, ${reader}: ${Math.round(median(all))} a second (bar ${bar})`)
}
const markup = await (await fetch(`${site.origin}/comments`)).text()
const brotli = (await raw(`${site.origin}/comments`)).length
console.log(`/comments: ${markup.length} of markup (bar 90,000), ${brotli} in brotli (bar 12,000)`)

const end = performance.now() + 60_000
while (performance.now() < end) {
  rates(site)
  rates(site, '/comments', [...BROTLI, cookie])
  rates(site, '/api/comments')
}
const memory = readFileSync(`/proc/${site.process.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)![1]
console.log(`resident memory after it: ${Math.round(Number(memory) / 1000)} MB (bar 200)`)
await Promise.all([site.stop(), bare.stop()])

const starts: number[] = []
for (let turn = 0; turn < TURNS; turn++) {
  const before = performance.now()
  const started = await startBroadside(url, 10)
  starts.push(performance.now() - before)
  await started.stop()
}
console.log(`start to the first answer: ${Math.round(median(starts))} ms (bar 800)`)

/** Votes of new readers, 1,000 a second: ten connections that wait ten milliseconds after each. */
async function vote(origin: string, seconds: number): Promise<number> {
  const script = `${folder}/votes.lua`
  writeFileSync(
    script,
    `wrk.method = "POST"; wrk.headers["content-type"] = "application/json"
wrk.headers["sec-fetch-site"] = "same-origin"; wrk.body = '{"vote":"up"}'
function delay() return 10 end`,
  )
  const args = ['-t1', '-c11', `-d${seconds}s`, '-s', script, `${origin}/api/votes`]
  const { stdout } = spawn('wrk', args)
  return Number((await text(stdout)).match(/Requests\/sec:\s+([\d.]+)/)![1])
}

/** The bytes as they are sent. */
async function raw(address: string): Promise<Buffer> {
  const curl = spawn('curl', ['-s', '-H', 'accept-encoding: br', address])
  const chunks: Buffer[] = []
  for await (const chunk of curl.stdout) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
