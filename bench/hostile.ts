import { once } from 'node:events'
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { ask, type Asked } from '#bench/ask.ts'
import { fill } from '#bench/fill.ts'
import { median } from '#bench/median.ts'
import { makeFolder, startBroadside } from '#bench/servers.ts'
import { LIMIT_VARIABLES } from '#lib/settings/limits.ts'

/**
 * What readers of the story notice of one client that sends what costs most, as fast as it may, over ten
 * connections: the median of quiet seconds, and for each kind the 99th percentile and its ratio to that.
 * Fails where a percentile is over 50 ms or over five times the quiet median. The client has a thread of its
 * own: readers are not held up by it, but the machine's cores are shared. Needs a build; `node bench/hostile.ts 5 feed lists` takes 5 s
 * for each kind whose name has one of these words.
 */
const [, , seconds = '20', ...words] = process.argv
const SECONDS = Number(seconds)
const CONNECTIONS = 10
/** Milliseconds between two requests of readers. */
const READ_INTERVAL = 10
const BAR = { milliseconds: 50, ratio: 5 }

const OWN = { 'sec-fetch-site': 'same-origin' }
const post = (body: string, type: string): Asked => ({
  path: '/api/comments',
  method: 'POST',
  headers: { ...OWN, 'content-type': type, 'content-length': String(Buffer.byteLength(body)) },
  body,
})
const FORM = 'application/x-www-form-urlencoded'
const form = (fields: Record<string, string>) => post(new URLSearchParams(fields).toString(), FORM)
const json = (body: object) => post(JSON.stringify(body), 'application/json')
const cookie = 'reader=x.y'

const KINDS: Record<string, Asked> = {
  'a query of 15 KB': { path: `/comments?${'a&'.repeat(7_400)}` },
  'a query of 1 KB': { path: `/comments?${'a&'.repeat(512)}`, headers: { cookie } },
  'a path of slashes': { path: `/a${'/'.repeat(15_800)}b/` },
  previews: json({ act: 'preview', text: '['.concat('a\r'.repeat(2_499)) }),
  'previews without script': form({ act: 'preview', text: '*a* '.repeat(1_250) }),
  'refused forms': form({ name: '', text: 'a\n'.repeat(2_500) }),
  'a form of many fields': post('a&'.repeat(96_000), FORM),
  'comments for a reader': { path: '/comments', headers: { cookie } },
  'the desk': { path: '/moderation' },
  'the story after a vote': { path: '/?voted', headers: { cookie } },
  'lists of comments': { path: '/api/comments?sort=best' },
  'live updates': { path: '/api/live?since=1', headers: { accept: 'application/json' } },
  challenges: { path: '/api/challenge' },
  'the feed of comments': { path: '/comments.atom' },
}

const url = `file:${makeFolder()}/hostile.db`
await fill(url, 1_000)
// The limits are those of a site that sets none.
const site = await startBroadside(url, undefined, {
  TRUSTED_PROXIES: '127.0.0.1',
  MODERATOR_PASSWORD: 'correct horse battery staple',
  ...Object.fromEntries(Object.keys(LIMIT_VARIABLES).map((name) => [name, ''])),
})
await readStories(2)
const quiet = median(await readStories(SECONDS))
console.log(`quiet: median ${quiet.toFixed(2)} ms`)
let failed = false
for (const [index, [kind, hostile]] of Object.entries(KINDS).entries()) {
  if (words.length > 0 && !words.some((word) => kind.includes(word))) continue
  const headers = { ...hostile.headers, 'x-forwarded-for': `198.51.100.${index}` }
  const workerData = {
    origin: site.origin,
    asked: { ...hostile, headers },
    connections: CONNECTIONS,
  }
  const attack = new Worker(new URL('send-often.ts', import.meta.url), { workerData })
  const times = (await readStories(SECONDS)).sort((a, b) => a - b)
  attack.postMessage('stop')
  const [statuses] = (await once(attack, 'message')) as [Record<number, number>]
  const p99 = times[Math.floor(times.length * 0.99)]!
  const ratio = p99 / quiet
  const isOver = p99 >= BAR.milliseconds || ratio >= BAR.ratio
  failed ||= isOver
  console.log(
    `${kind}: p99 ${p99.toFixed(1)} ms, ${ratio.toFixed(1)} times${isOver ? ' (OVER)' : ''}; ${JSON.stringify(statuses)}`,
  )
}
console.log(`bar: p99 under ${BAR.milliseconds} ms and under ${BAR.ratio} times the quiet median`)
await site.stop()
process.exitCode = failed ? 1 : 0

/** Gets the story at a steady rate, and tells how long each answer took, in milliseconds. */
async function readStories(seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true })
  const end = performance.now() + seconds * 1_000
  const times: Promise<number>[] = []
  while (performance.now() < end) {
    const before = performance.now()
    times.push(ask(site.origin, { path: '/' }, agent).then(() => performance.now() - before))
    await sleep(READ_INTERVAL)
  }
  const all = await Promise.all(times)
  agent.destroy()
  return all
}
