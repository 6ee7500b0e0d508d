/** Where a reader has left the story: the id of a paragraph, and when in UTC milliseconds. */
export type ReadingPosition = { anchor: string; time: number }

/** Key in localStorage. */
export const READING_POSITION_KEY = 'position'

const MONTH = 30 * 24 * 60 * 60 * 1000

/**
 * Tells whether a position is worth keeping: not at the very beginning, nor near the end.
 *
 * @param share how much of the story was read, from 0 to 1
 */
export function isUnderway(share: number): boolean {
  return share > 0.05 && share < 0.95
}

/**
 * Parses a saved position; undefined where it is older than 30 days, from the future, or malformed.
 *
 * @param now in UTC milliseconds
 */
export function parseReadingPosition(
  saved: string | null,
  now: number,
): ReadingPosition | undefined {
  try {
    const position = JSON.parse(saved ?? '') as ReadingPosition
    const isKnown = typeof position.anchor === 'string' && position.time <= now
    return isKnown && position.time > now - MONTH ? position : undefined
  } catch {}
}
