import { type Commit, commits } from '#lib/logging/events.ts'
import { isUnavailable } from '#lib/store/engine/unavailable.ts'

/**
 * Tells of every transaction that `write` makes. One that fails for several is told only when its
 * writes are not made again one by one; see `lib/store/engine/batch.ts`.
 *
 * @param kind of what is written, such as `vote`
 */
export function told<Input, Output>(
  kind: string,
  write: (inputs: Input[]) => Promise<Output[]>,
): typeof write {
  return async (inputs) => {
    if (!commits.hasSubscribers) return write(inputs)
    const start = performance.now()
    const tell = (outputs?: Output[]) => {
      const seconds = (performance.now() - start) / 1_000
      commits.publish({ kind, size: inputs.length, seconds, outputs } satisfies Commit)
    }
    try {
      const outputs = await write(inputs)
      tell(outputs)
      return outputs
    } catch (error) {
      if (inputs.length === 1 || isUnavailable(error)) tell()
      throw error
    }
  }
}
