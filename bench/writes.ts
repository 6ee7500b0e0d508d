import { readFileSync } from 'node:fs'
import { makeFolder, startBroadside, startScript, wrk } from '#bench/servers.ts'

/**
 * Votes of distinct readers, and comments, that one process acknowledges durably a second, beside a
 * bare handler with one insert and shared commits; afterwards all are counted in the store, and the
 * process's memory is read. Needs wrk.
 */
const VOTE = `wrk.method = "POST"; wrk.headers["content-type"] = "application/json"; wrk.headers["sec-fetch-site"] = "same-origin"; wrk.body = '{"vote":"up"}'`
const COMMENT = `wrk.method = "POST"; wrk.headers["content-type"] = "application/json"; wrk.headers["sec-fetch-site"] = "same-origin"
local run, n = os.time() % 65536, 0
request = function() n = n + 1
  return wrk.format(nil, nil, nil, string.format('{"name":"Ann","text":"A comment, number %d, on the free movement of data.","key":"%08x-0000-4000-8000-%012x"}', n, run, n))
end`
const bare = await startScript('bench/bare.ts', { BENCH_FILE: `${makeFolder()}/bare.db` })
wrk(bare.origin, { script: VOTE, seconds: 2 })
const least = wrk(bare.origin, { script: VOTE })
await bare.stop()

const site = await startBroadside()
const warm = wrk(`${site.origin}/api/votes`, { script: VOTE, seconds: 2 })
const votes = wrk(`${site.origin}/api/votes`, { script: VOTE })
const comments = wrk(`${site.origin}/api/comments`, { script: COMMENT })
const tally = (await (await fetch(`${site.origin}/api/votes`)).json()) as { up: number }
const list = (await (await fetch(`${site.origin}/api/comments`)).json()) as { total: number }
const memory = readFileSync(`/proc/${site.process.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)![1]
await site.stop()

console.log(`bare handler: ${Math.round(least.rate)} writes a second`)
console.log(`votes: ${Math.round(votes.rate)} a second, ${votes.failed} failed`)
console.log(`comments: ${Math.round(comments.rate)} a second, ${comments.failed} failed`)
console.log(`votes / bare: ${(votes.rate / least.rate).toFixed(2)} (bar 0.4)`)
console.log(`comments / bare: ${(comments.rate / least.rate).toFixed(2)} (bar 0.25)`)
// Up to 50 may have been kept whose answers were still on their way when each run ended.
const difference = (kept: number, answered: number) => `${kept} kept, ${answered} answered`
console.log(`votes: ${difference(tally.up, warm.answered + votes.answered)} (at most 100 more)`)
console.log(`comments: ${difference(list.total, comments.answered)} (at most 50 more)`)
console.log(`resident memory: ${Math.round(Number(memory) / 1000)} MB (bar 250)`)
