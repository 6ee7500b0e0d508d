import { readFileSync } from 'node:fs'
import { startBroadside, wrk } from '#bench/servers.ts'

/**
 * Resident memory of one process over minutes (10, or as the first argument says) of stories, votes,
 * comments and views, in turns of five seconds. Needs a build and wrk.
 */
const minutes = Number(process.argv[2] ?? 10)
const json = `wrk.headers["content-type"] = "application/json"
wrk.headers["sec-fetch-site"] = "same-origin"
`
const site = await startBroadside()
const mixed = `${json}local n, run = 0, os.time() % 65536
request = function() n = n + 1
  if n % 4 == 0 then return wrk.format("POST", "/api/votes", nil, '{"vote":"up"}') end
  if n % 400 == 1 then
    return wrk.format("POST", "/api/comments", nil, string.format('{"name":"Ann","text":"Comment *%d*","key":"%08x-0000-4000-8000-%012x"}', n, n, run))
  end
  if n % 4 == 2 then return wrk.format("GET", "/api/comments") end
  return wrk.format("GET", "/")
end`
for (let turn = 0; turn < (minutes * 60) / 5; turn++) {
  const { rate, failed } = wrk(site.origin, { seconds: 5, script: mixed })
  if (turn % 6 === 0) {
    const memory = readFileSync(`/proc/${site.process.pid}/status`, 'utf8').match(
      /VmRSS:\s+(\d+)/,
    )![1]
    const after = ((turn + 1) * 5) / 60
    console.log(
      `${after.toFixed(1)} min: ${Math.round(Number(memory) / 1000)} MB, ${Math.round(rate)} a second, ${failed} failed`,
    )
  }
}
await site.stop()
