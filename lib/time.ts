/** Milliseconds of a day. */
export const DAY = 24 * 60 * 60 * 1000

/** Counts the days from 1970 to `time`, in UTC. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY)
}
