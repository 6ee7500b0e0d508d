import { Agent } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { ask, type Asked } from '#bench/ask.ts'

/**
 * Sends one request again and again over several connections, in a thread of its own, until it is told to
 * stop; then posts how often each status was the answer.
 */
const { origin, asked, connections } = workerData as {
  origin: string
  asked: Asked
  connections: number
}
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const statuses: Record<number, number> = {}
let isOver = false
parentPort!.once('message', () => void (isOver = true))
await Promise.all(
  Array.from({ length: connections }, async () => {
    while (!isOver) {
      const status = await ask(origin, asked, agent)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }),
)
agent.destroy()
parentPort!.postMessage(statuses)
