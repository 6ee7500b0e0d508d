import { startPostgres } from '#scripts/testing/postgres.ts'
import { startBroadside, wrk } from '#bench/servers.ts'

/**
 * What one process answers a second of everything that no cache holds, with 1,000 comments, on each
 * engine: the numbers that docs/scale.md counts with. Needs a build and wrk.
 */
const SECONDS = 4
const COMMENTS = 1_000
const HEADERS = `wrk.headers["content-type"] = "application/json"; wrk.headers["sec-fetch-site"] = "same-origin"`
const VOTE = `wrk.method = "POST"; ${HEADERS}; wrk.body = '{"vote":"up"}'`
/** Each by another browser: one that has been counted today. */
const VIEW = `wrk.method = "POST"; ${HEADERS}; local n, run = 0, os.time()
request = function() n = n + 1; wrk.headers["user-agent"] = "Mozilla/5.0 " .. run .. "-" .. n; return wrk.format() end`
const COMMENT = `wrk.method = "POST"; ${HEADERS}; local run, n = os.time() % 65536, 0
request = function() n = n + 1
  return wrk.format(nil, nil, nil, string.format('{"name":"Ann","text":"Number %d","key":"%08x-0000-4000-8000-%012x"}', n, run, n)) end`

const postgres = await startPostgres()
for (const [engine, url] of [
  ['SQLite', undefined],
  ['PostgreSQL', `${postgres.url}/postgres`],
] as const) {
  const site = await startBroadside(url)
  for (let i = 0; i < COMMENTS; i += 50)
    await Promise.all(
      Array.from({ length: 50 }, (_, j) =>
        fetch(`${site.origin}/api/comments`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
          body: JSON.stringify({ name: 'Ann', text: `${i + j}`, key: crypto.randomUUID() }),
        }),
      ),
    )
  for (const [what, path, script] of [
    ['votes read', '/api/votes', undefined],
    ['comments read', '/api/comments', undefined],
    ['views counted', '/api/views', VIEW],
    ['votes set', '/api/votes', VOTE],
    ['comments written', '/api/comments', COMMENT],
  ] as const) {
    wrk(site.origin + path, { script, seconds: 1 })
    const { rate, p99, failed } = wrk(site.origin + path, { script, seconds: SECONDS })
    console.log(
      `${engine}: ${Math.round(rate)} ${what} a second, 99th percentile ${p99.toFixed(0)} ms, ${failed} failed`,
    )
  }
  await site.stop()
}
await postgres.remove()
