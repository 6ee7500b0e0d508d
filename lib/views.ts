import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'

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

/**
 * What one household or office has of an address: IPv4 whole, of IPv6 the first 64 bits, which is the
 * least a provider gives. Text that is no address is its own network.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4' ? parsed.toString() : hexOf(parsed.toByteArray().slice(0, 8))
}

/** Which network this is today, as a keyed hash. */
export function networkHash(key: string, address: string): string {
  return visitorHash(key, 'network', networkOf(address))
}

function hexOf(bytes: number[]): string {
  return Buffer.from(bytes).toString('hex')
}
