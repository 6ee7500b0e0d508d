import { type Commit, commits } from '#lib/logging/events.ts'
import { isUnavailable } from '#lib/store/engine/unavailable.ts'

/** Most writes in one statement: PostgreSQL takes 65,535 parameters, SQLite 32,766. */
const LARGEST_BATCH = 500

type QueuedWrite<Input, Output> = {
  input: Input
  resolve: (output: Output) => void
  reject: (error: unknown) => void
}

const queues = new Map<string, unknown[]>()

/** Counts the writes of each kind that wait for the batch before theirs. */
export function queuedWrites(): [kind: string, count: number][] {
  return [...queues].map(([kind, queue]) => [kind, queue.length])
}

/**
 * Lets writes that arrive together share a transaction, and so its commit: those of one turn of the event
 * loop and, if there are several, of the next turn, or those that arrive while the batch before is being
 * written. A write that arrives alone does not wait.
 *
 * @param write writes all inputs in one transaction and returns an output for each, in order. When it
 *   fails, each input is written alone, so that only invalid ones fail: it has to be safe to repeat. When
 *   the store is unavailable, all fail at once, and those that wait, too: written after a long wait, they
 *   would be kept when their senders have been told that they were not.
 * @param kind of write, such as `vote`, by which `queuedWrites` counts
 */
export function batched<Input, Output>(
  write: (inputs: Input[]) => Promise<Output[]>,
  kind?: string,
): (input: Input) => Promise<Output> {
  const queue: QueuedWrite<Input, Output>[] = []
  let running = false
  if (kind) queues.set(kind, queue)

  const run = async () => {
    while (queue.length > 0) {
      const batch = queue.splice(0, LARGEST_BATCH)
      try {
        const outputs = await write(batch.map(({ input }) => input))
        batch.forEach(({ resolve }, index) => resolve(outputs[index]!))
      } catch (error) {
        if (isUnavailable(error))
          [...batch, ...queue.splice(0)].forEach(({ reject }) => reject(error))
        else await Promise.all(batch.map(writeAlone))
      }
    }
    running = false
  }

  const writeAlone = ({ input, resolve, reject }: QueuedWrite<Input, Output>) =>
    write([input]).then(([output]) => resolve(output!), reject)

  return (input) =>
    new Promise((resolve, reject) => {
      queue.push({ input, resolve, reject })
      if (running) return
      running = true
      const start = () => void run()
      setImmediate(() => (queue.length > 1 ? setImmediate(start) : start()))
    })
}

/** Returns a write that shares commits with others of its kind, and reports each commit. */
export function batchedWrite<Input, Output>(
  kind: string,
  write: (inputs: Input[]) => Promise<Output[]>,
): (input: Input) => Promise<Output> {
  return batched(withMetrics(kind, write), kind)
}

/** Returns a write that has its commit for itself, and reports it. */
export function singleWrite<Input, Output>(
  kind: string,
  write: (input: Input) => Promise<Output>,
): (input: Input) => Promise<Output> {
  const writeAll = withMetrics(kind, async ([input]: Input[]) => [await write(input!)])
  return async (input) => (await writeAll([input]))[0]!
}

/**
 * Publishes the size, duration and outcome of every transaction that `write` makes on the channel
 * `commits`. A failed transaction of several writes is left out when each is written again alone.
 *
 * @param kind of what is written, such as `vote`
 */
function withMetrics<Input, Output>(
  kind: string,
  write: (inputs: Input[]) => Promise<Output[]>,
): typeof write {
  return async (inputs) => {
    if (!commits.hasSubscribers) return write(inputs)
    const start = performance.now()
    const publish = (outputs?: Output[]) => {
      const seconds = (performance.now() - start) / 1_000
      commits.publish({ kind, size: inputs.length, seconds, outputs } satisfies Commit)
    }
    try {
      const outputs = await write(inputs)
      publish(outputs)
      return outputs
    } catch (error) {
      if (inputs.length === 1 || isUnavailable(error)) publish()
      throw error
    }
  }
}

/**
 * Lets callers in one turn of the event loop share one reading. It begins with the first call and not at
 * the end of the turn: requests that write after it would otherwise miss the batch of the next turn.
 */
export function sharedInTurn<Output>(read: () => Promise<Output>): {
  read: () => Promise<Output>
  /** Makes the next call read anew, after a write. */
  forget: () => void
} {
  let last: Promise<Output> | undefined
  const forget = () => void (last = undefined)
  return {
    read: () => {
      if (!last) {
        last = read()
        setImmediate(forget)
      }
      return last
    },
    forget,
  }
}
