/** Where a reader has left the story: the anchor of a paragraph, and when in UTC milliseconds. */
export type ReadingPosition = { anchor: string; time: number }

/** Where the browser keeps it. */
export const READING_POSITION_KEY = 'place'

const MONTH = 30 * 24 * 60 * 60 * 1000

/** Who has hardly begun, or is as good as done, has no place to come back to. */
export function isUnderway(share: number): boolean {
  return share > 0.05 && share < 0.95
}

/** Nothing for what is older than 30 days, or is no place. */
export function parseReadingPosition(
  kept: string | null,
  now: number,
): ReadingPosition | undefined {
  try {
    const place = JSON.parse(kept ?? '') as ReadingPosition
    const isKnown = typeof place.anchor === 'string' && place.time <= now
    return isKnown && place.time > now - MONTH ? place : undefined
  } catch {}
}
