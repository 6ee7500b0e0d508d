import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { keyedHash } from '#lib/http/secrets.ts'

/** Who this is today, told from nobody's name: with the day's key gone, no address leads to it. */
export function visitorHash(key: string, address: string, browser: string, ...more: string[]) {
  return keyedHash(key, JSON.stringify([address, browser, ...more]))
}

/**
 * What one household or office has of an address: IPv4 whole, of IPv6 the first 64 bits, which is the
 * least a provider gives. All that is no address is one network.
 */
export function networkOf(address: string): string {
  // So a listener on IPv6 calls those who came by IPv4; they are told without the slow parser.
  const plain = address
    // Some proxies name the port as well.
    .replace(/^\[(.+)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3')
    .replace(/^::ffff:(?=[\d.]+$)/i, '')
  if (isIPv4(plain)) return plain
  if (!ipaddr.IPv6.isValid(plain)) return 'unknown'
  return Buffer.from(ipaddr.IPv6.parse(plain).toByteArray().slice(0, 8)).toString('hex')
}

/** Which network this is today, as a keyed hash. */
export function networkHash(key: string, address: string): string {
  return visitorHash(key, 'network', networkOf(address))
}
