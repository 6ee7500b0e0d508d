import { setImmediate } from 'node:timers/promises'

let last: Promise<unknown> = Promise.resolve()

/**
 * Waits for a turn of the event loop of one's own. Work that takes milliseconds begins in one, so that
 * requests for the story are answered between two pieces of it.
 */
export function ownTurn(): Promise<unknown> {
  return (last = last.then(() => setImmediate()))
}
