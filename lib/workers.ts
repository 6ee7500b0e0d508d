import cluster, { type Worker } from 'node:cluster'
import { log } from '#lib/log.ts'

/** A worker that lives shorter than this died at its start: another would, too. */
const SHORTEST_LIFE_MS = 2_000

/**
 * Runs `count` processes of this program, which share its port. One that dies is replaced; a
 * SIGTERM or SIGINT is passed on, and this process ends when all have.
 */
export function runWorkers(count: number): void {
  let stopping = false
  const start = () => {
    const started = Date.now()
    const worker = cluster.fork()
    worker.on('exit', (code) => {
      if (stopping) return
      if (Date.now() - started < SHORTEST_LIFE_MS) return stop(code || 1)
      log.error(`A worker died with ${code}; another takes its place`)
      start()
    })
  }
  const stop = (code: number) => {
    stopping = true
    process.exitCode = code
    for (const worker of Object.values(cluster.workers ?? {}) as Worker[]) worker.kill('SIGTERM')
  }
  for (let i = 0; i < count; i++) start()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(0))
}
