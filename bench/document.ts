import { loadavg } from 'node:os'
import { median } from '#bench/median.ts'
import { startBroadside, startNext, startNginx, wrk } from '#bench/servers.ts'

/**
 * How often a second one process answers with the story, beside nginx with two workers and the same
 * brotli file (as Debian sets it up, and tuned for this one task), and beside `next start` on the
 * same build: medians of five turns. Needs a build, nginx and wrk.
 */
/** nginx is to send what a host would have it send: the story's headers, but for those it makes. */
const own = ['connection', 'content-length', 'content-type', 'date', 'etag', 'keep-alive']
const site = await startBroadside()
const answer = await fetch(site.origin, { headers: { 'accept-encoding': 'br' } })
const headers = [...answer.headers].filter(([name]) => !own.includes(name))
await answer.arrayBuffer()
await site.stop()

const TURNS = 5
const STORY = '.next/documents/index.html.br'
const brotli = { headers: ['accept-encoding: br'] }
const servers = {
  nginx: await startNginx(STORY, headers),
  'tuned nginx': await startNginx(STORY, headers, true),
  broadside: await startBroadside(),
  'next start': await startNext(),
}
type Name = keyof typeof servers
const names = Object.keys(servers) as Name[]
for (const { origin } of Object.values(servers)) wrk(origin, { ...brotli, seconds: 2 })
console.log(`load before: ${loadavg()[0]!.toFixed(2)}`)
// In turns: what else the machine does meanwhile is nobody's alone.
const turns = Array.from(
  { length: TURNS },
  () =>
    Object.fromEntries(
      names.map((name) => [name, wrk(servers[name].origin, { ...brotli, seconds: 2 })]),
    ) as Record<Name, ReturnType<typeof wrk>>,
)
await Promise.all(Object.values(servers).map(({ stop }) => stop()))

for (const name of names) {
  const [rate, p99] = [
    median(turns.map((turn) => turn[name].rate)),
    median(turns.map((turn) => turn[name].p99)),
  ]
  console.log(
    `${name}: ${Math.round(rate)} requests a second, 99th percentile ${p99.toFixed(1)} ms`,
  )
}
for (const [name, bar] of [
  ['nginx', ' (bar 0.6)'],
  ['tuned nginx', ''],
  ['next start', ' (bar 20)'],
] as const) {
  const share = median(turns.map((turn) => turn.broadside.rate / turn[name].rate))
  console.log(`broadside / ${name}: ${share.toFixed(2)}${bar}`)
}
