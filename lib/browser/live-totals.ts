/** What everyone's acts have come to. */
export type LiveTotals = { up: number; down: number; views: number }

const listeners = new Set<(totals: LiveTotals) => void>()

/** Hears of new totals until the function that it answers with is called. */
export function subscribeToTotals(listener: (totals: LiveTotals) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function publishTotals(totals: LiveTotals): void {
  for (const listener of listeners) listener(totals)
}
