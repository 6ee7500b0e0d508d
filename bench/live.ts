import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Running, startBroadside, wrk } from '#bench/servers.ts'

/**
 * What 2,000 listeners, all told of a change every second, cost one process: memory each, and the rate
 * of votes acknowledged beside the rate without them. Needs wrk and `ulimit -n` above 5,000.
 */
const LISTENERS = 2_000
const SECONDS = 8
const TURNS = 3
const VOTE = `wrk.method = "POST"; wrk.headers["content-type"] = "application/json"; wrk.headers["sec-fetch-site"] = "same-origin"; wrk.body = '{"vote":"up"}'`

process.env.LIVE_CONNECTIONS_PER_NETWORK = String(2 * LISTENERS)
await measureMemory()
await measureRate()

/** Of a server that has served listeners before, so that nothing is made for the first time. */
async function measureMemory(): Promise<void> {
  const site = await startBroadside()
  const first = await listen(site, LISTENERS / 4)
  const before = await memoryAfterEvents(site)
  const listeners = await listen(site, LISTENERS)
  const after = await memoryAfterEvents(site)
  await Promise.all([first.stop(), listeners.stop()])
  await site.stop()
  const each = (after - before) / LISTENERS / 1_000
  console.log(`memory: ${each.toFixed(1)} KB a listener (bar 30)`)
}

/** By turns, so that what else slows a machine or a growing store down is on both sides. */
async function measureRate(): Promise<void> {
  const site = await startBroadside()
  const vote = (seconds = SECONDS) => wrk(`${site.origin}/api/votes`, { script: VOTE, seconds })
  vote(3)
  const alone = [vote().rate]
  const beside: number[] = []
  let [failed, dropped, events] = [0, 0, 0]
  for (let turn = 0; turn < TURNS; turn++) {
    const listeners = await listen(site, LISTENERS)
    const before = listeners.events()
    const votes = vote()
    await wait(1_500)
    events += (listeners.events() - before) / LISTENERS
    failed += votes.failed
    dropped += listeners.dropped()
    beside.push(votes.rate)
    await listeners.stop()
    alone.push(vote().rate)
  }
  await site.stop()
  const mean = (rates: number[]) => rates.reduce((sum, one) => sum + one) / rates.length
  console.log(`votes without listeners: ${alone.map(Math.round).join(', ')} a second`)
  console.log(`votes beside ${LISTENERS}: ${beside.map(Math.round).join(', ')} a second`)
  console.log(`${failed} votes failed, ${dropped} listeners were dropped`)
  console.log(`each heard ${(events / TURNS).toFixed(1)} events in ${SECONDS} s`)
  // Each beside the two around it.
  const ratios = beside.map((rate, turn) => rate / mean(alone.slice(turn, turn + 2)))
  console.log(`ratios: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} (bar 0.7)`)
}

/** Resident bytes when ten changes, one a second, have been told. */
async function memoryAfterEvents({ origin, process: { pid } }: Running): Promise<number> {
  for (let i = 0; i < 10; i++) {
    await fetch(`${origin}/api/votes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: '{"vote":"up"}',
    })
    await wait(1_000)
  }
  return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)![1]) * 1_024
}

/** Listeners in a process of their own, when all have been told how things stand. */
async function listen(site: Running, count: number) {
  const listeners: ChildProcess = spawn(process.execPath, [
    'bench/listeners.ts',
    site.origin,
    String(count),
  ])
  process.once('exit', () => listeners.kill())
  let told = { listening: 0, heard: 0, closed: 0 }
  createInterface(listeners.stdout!).on('line', (line) => (told = JSON.parse(line)))
  while (told.listening < count) await wait(100)
  return {
    events: () => told.heard,
    dropped: () => told.closed,
    stop: async () => {
      listeners.stdin!.end()
      await wait(1_000)
    },
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds))
}
