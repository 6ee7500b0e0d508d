/** What everyone's acts have come to. */
export type Totals = { up: number; down: number; views: number }

const listeners = new Set<(totals: Totals) => void>()

/** Hears of new totals until the function that it answers with is called. */
export function listenTotals(listener: (totals: Totals) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function tellTotals(totals: Totals): void {
  for (const listener of listeners) listener(totals)
}
