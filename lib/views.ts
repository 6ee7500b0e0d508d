import { createHmac } from 'node:crypto'

const DAY = 24 * 60 * 60 * 1000

/** Days since 1970, in UTC. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY)
}

/** Who this is today, told from nobody's name: with the day's key gone, no address leads to it. */
export function visitorHash(key: string, address: string, browser: string, ...more: string[]) {
  return createHmac('sha256', key)
    .update(JSON.stringify([address, browser, ...more]))
    .digest('base64url')
}
