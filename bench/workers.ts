import { availableParallelism } from 'node:os'
import { startPostgres } from '#scripts/testing/postgres.ts'
import { startBroadside, wrk } from '#bench/servers.ts'

/**
 * How much more 2 and 4 workers answer than one, on one store and one machine: the story, and votes of
 * distinct readers. The store is a SQLite file, or PostgreSQL with the argument "postgres". wrk takes a core of its own: on a machine of two, ratios near 1 are what
 * there is to see. Needs a build and wrk.
 */
const VOTE = `wrk.method = "POST"; wrk.headers["content-type"] = "application/json"; wrk.headers["sec-fetch-site"] = "same-origin"; wrk.body = '{"vote":"up"}'`
const STORY = { headers: ['accept-encoding: br'] }
const COUNTS = [1, 2, 4]

const postgres = process.argv[2] === 'postgres' ? await startPostgres() : undefined
const measured: { count: number; story: number; votes: number; failed: number }[] = []
for (const count of COUNTS) {
  process.env.WEB_CONCURRENCY = String(count)
  const site = await startBroadside(postgres && `${postgres.url}/postgres`)
  // All workers have come to listen when each has answered.
  wrk(site.origin, { ...STORY, seconds: 4 })
  const story = wrk(site.origin, { ...STORY, seconds: 5 })
  wrk(`${site.origin}/api/votes`, { script: VOTE, seconds: 2 })
  const votes = wrk(`${site.origin}/api/votes`, { script: VOTE, seconds: 5 })
  await site.stop()
  measured.push({ count, story: story.rate, votes: votes.rate, failed: votes.failed })
}
await postgres?.remove()
const [one] = measured
console.log(`${availableParallelism()} cores`)
for (const { count, story, votes, failed } of measured)
  console.log(
    `${count} workers: ${Math.round(story)} stories a second (${(story / one!.story).toFixed(2)}), ${Math.round(votes)} votes (${(votes / one!.votes).toFixed(2)}), ${failed} failed`,
  )
