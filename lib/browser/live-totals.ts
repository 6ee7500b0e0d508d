/** The total votes on the story, and its views. */
export type LiveTotals = { up: number; down: number; views: number }

const listeners = new Set<(totals: LiveTotals) => void>()

/**
 * Subscribes to new totals.
 *
 * @returns a function that unsubscribes
 */
export function subscribeToTotals(listener: (totals: LiveTotals) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Passes new totals to all subscribers. */
export function publishTotals(totals: LiveTotals): void {
  for (const listener of listeners) listener(totals)
}
