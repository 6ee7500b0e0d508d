import { readFileSync } from 'node:fs'
import { median } from '#bench/median.ts'
import { makeFolder, startBroadside, startScript, wrk } from '#bench/servers.ts'

/**
 * Votes of distinct readers, and comments, that one process acknowledges durably a second, beside a
 * bare handler with one insert and shared commits: medians of five turns. Afterwards all are counted in
 * the store, and the process's memory is read. No limit and no pause is met; a proof of work is not
 * asked for, because wrk has none. Needs wrk.
 */
const VOTE = `wrk.method = "POST"; wrk.headers["content-type"] = "application/json"; wrk.headers["sec-fetch-site"] = "same-origin"; wrk.body = '{"vote":"up"}'`
const COMMENT = `wrk.method = "POST"; wrk.headers["content-type"] = "application/json"; wrk.headers["sec-fetch-site"] = "same-origin"
local run, n = os.time(), 0
request = function() n = n + 1
  return wrk.format(nil, nil, nil, string.format('{"name":"Ann","text":"A comment, number %d, on the free movement of data.","key":"%08x-0000-4000-8000-%012x"}', n, run, n))
end`
const TURNS = 5
const bare = await startScript('bench/bare.ts', { BENCH_FILE: `${makeFolder()}/bare.db` })
const site = await startBroadside()
const paths = {
  bare: bare.origin,
  votes: `${site.origin}/api/votes`,
  comments: `${site.origin}/api/comments`,
}
const run = (kind: keyof typeof paths, seconds: number) =>
  wrk(paths[kind], { script: kind === 'comments' ? COMMENT : VOTE, seconds })
wrk(bare.origin, { script: VOTE, seconds: 2 })
const warm = run('votes', 2)
// In turns: what else the machine does meanwhile is nobody's alone.
const turns = Array.from({ length: TURNS }, () => ({
  bare: run('bare', 2),
  votes: run('votes', 2),
  comments: run('comments', 2),
}))
const tally = (await (await fetch(paths.votes)).json()) as { up: number }
const list = (await (await fetch(paths.comments)).json()) as { total: number }
const memory = readFileSync(`/proc/${site.process.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)![1]
await Promise.all([bare.stop(), site.stop()])

for (const kind of ['bare', 'votes', 'comments'] as const) {
  const [rate, p99] = [
    median(turns.map((turn) => turn[kind].rate)),
    median(turns.map((turn) => turn[kind].p99)),
  ]
  const failed = turns.reduce((sum, turn) => sum + turn[kind].failed, 0)
  console.log(`${kind}: ${Math.round(rate)} a second, p99 ${p99.toFixed(1)} ms, ${failed} failed`)
}
const share = (kind: 'votes' | 'comments') =>
  median(turns.map((turn) => turn[kind].rate / turn.bare.rate)).toFixed(2)
console.log(`votes / bare: ${share('votes')} (bar 0.4)`)
console.log(`comments / bare: ${share('comments')} (bar 0.25)`)
// Up to 50 may have been kept whose answers were still on their way when each run ended.
const difference = (kept: number, kind: 'votes' | 'comments', before = 0) => {
  const answered = turns.reduce((sum, turn) => sum + turn[kind].answered, before)
  return `${kind}: ${kept} kept, ${answered} answered`
}
console.log(`${difference(tally.up, 'votes', warm.answered)} (at most ${50 * (TURNS + 1)} more)`)
console.log(`${difference(list.total, 'comments')} (at most ${50 * TURNS} more)`)
console.log(`resident memory: ${Math.round(Number(memory) / 1000)} MB (bar 250)`)
