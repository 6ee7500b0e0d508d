import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry } from 'prom-client'

/** A message between a worker and the primary process, which alone can ask all workers. */
type Message = { broadside?: 'metrics'; ask: number; text?: string | undefined }

let asks = 0

/** Answers workers that ask for the metrics of all workers; to be called in the primary process. */
export function answerWorkers(): void {
  const all = new AggregatorRegistry()
  const answer = async (worker: Worker, ask: number) => {
    const text = await all.clusterMetrics().catch(() => undefined)
    if (worker.isConnected()) worker.send({ broadside: 'metrics', ask, text } satisfies Message)
  }
  cluster.on('message', (worker, { broadside, ask }: Message) => {
    if (broadside === 'metrics') void answer(worker, ask)
  })
}

/**
 * Asks for the metrics of all workers; to be called in a worker.
 *
 * @throws when one of them does not answer
 */
export function askPrimary(): Promise<string> {
  const ask = asks++
  process.send!({ broadside: 'metrics', ask } satisfies Message)
  return new Promise((resolve, reject) => {
    const listen = (message: Message) => {
      if (message.broadside !== 'metrics' || message.ask !== ask) return
      process.off('message', listen)
      if (message.text === undefined) reject(new Error('A worker did not report its metrics'))
      else resolve(message.text)
    }
    process.on('message', listen)
  })
}
