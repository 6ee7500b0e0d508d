import { loadavg } from 'node:os'
import { startBroadside, startNext, startNginx, wrk } from '#bench/servers.ts'

/**
 * How often a second one process answers with the story, beside nginx with two workers and the same
 * brotli file (as Debian sets it up, and tuned for this one task), and beside `next start` on the
 * same build. Needs a build, nginx and wrk.
 */
/** nginx is to send what a host would have it send: the story's headers, but for those it makes. */
const own = ['connection', 'content-length', 'content-type', 'date', 'etag', 'keep-alive']
const site = await startBroadside()
const answer = await fetch(site.origin, { headers: { 'accept-encoding': 'br' } })
const headers = [...answer.headers].filter(([name]) => !own.includes(name))
await answer.arrayBuffer()
await site.stop()

const STORY = '.next/documents/index.html.br'
const brotli = { headers: ['accept-encoding: br'] }
const measured: Record<string, { rate: number; p99: number }> = {}
for (const [name, start] of [
  ['nginx', () => startNginx(STORY, headers)],
  ['tuned nginx', () => startNginx(STORY, headers, true)],
  ['broadside', startBroadside],
  ['next start', startNext],
] as const) {
  const server = await start()
  wrk(server.origin, { ...brotli, seconds: 2 })
  measured[name] = wrk(server.origin, brotli)
  await server.stop()
}
const { nginx, 'tuned nginx': tuned, broadside, 'next start': next } = measured
console.log(`load before: ${loadavg()[0]!.toFixed(2)}`)
for (const [name, { rate, p99 }] of Object.entries(measured))
  console.log(
    `${name}: ${Math.round(rate)} requests a second, 99th percentile ${p99.toFixed(1)} ms`,
  )
console.log(`broadside / nginx: ${(broadside!.rate / nginx!.rate).toFixed(2)} (bar 0.6)`)
console.log(`broadside / tuned nginx: ${(broadside!.rate / tuned!.rate).toFixed(2)}`)
console.log(`broadside / next start: ${(broadside!.rate / next!.rate).toFixed(1)} (bar 20)`)
