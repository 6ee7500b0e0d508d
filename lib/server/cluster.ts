import cluster, { type Worker } from 'node:cluster'
import { log } from '#lib/logging/log.ts'
import { answerWorkers } from '#lib/server/cluster-metrics.ts'

/** The environment variable with a worker's number, from 1; a replacement has the number of the one before. */
export const WORKER = 'BROADSIDE_WORKER'

/** Signals that end the server gracefully: from service managers, by Ctrl-C, and when its terminal is closed. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Milliseconds before a worker that could not start is started again, while others serve. */
const RESTART_PAUSE = 1_000
/** Milliseconds that a worker has to end: a little more than it gives its own requests and its store. */
const SHUTDOWN_TIMEOUT = 10_000

/**
 * Runs `count` processes of a program, which share its port. The first must come to listen before
 * the others start: if it cannot, this process ends as it did. One that dies later is replaced. A
 * signal to stop is passed on, and this process ends when all have.
 *
 * @param program path of this program's own file, which no link to another build is part of
 * @param drain how long workers still answer after a stop, in milliseconds
 */
export function runWorkers(program: string, count: number, drain: number): void {
  cluster.setupPrimary({ exec: program })
  let serving = false
  let stopping = false

  const start = (number: number) => {
    if (stopping) return
    const worker = cluster.fork({ [WORKER]: number })
    let listening = false
    worker.once('listening', () => {
      listening = true
      if (serving) return
      serving = true
      for (let next = 2; next <= count; next++) start(next)
    })
    worker.once('exit', (code) => {
      if (stopping) return
      if (!serving) return stop(code || 1)
      log.error(`A worker ended with ${code}; another is started`)
      if (listening) start(number)
      else setTimeout(start, RESTART_PAUSE, number)
    })
  }
  const stop = (code: number) => {
    stopping = true
    process.exitCode = code
    const each = (signal: NodeJS.Signals) => {
      for (const worker of Object.values(cluster.workers ?? {}) as Worker[])
        worker.process.kill(signal)
    }
    each('SIGTERM')
    setTimeout(() => {
      process.exitCode = 1
      each('SIGKILL')
    }, drain + SHUTDOWN_TIMEOUT).unref()
  }
  answerWorkers()
  start(1)
  for (const signal of STOP_SIGNALS) process.once(signal, () => stop(0))
}
