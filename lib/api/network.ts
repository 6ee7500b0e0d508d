import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { keyedHash } from '#lib/http/secrets.ts'

/** Makes a pseudonym of an address and a browser: unlinkable to them once the key is deleted. */
export function visitorHash(
  key: string,
  address: string,
  browser: string,
  ...more: string[]
): string {
  return keyedHash(key, JSON.stringify([address, browser, ...more]))
}

/** Makes a pseudonym of the network of an address: unlinkable to it once the key is deleted. */
export function networkHash(key: string, address: string): string {
  return visitorHash(key, 'network', networkOf(address))
}

/**
 * Reduces an address to what one household or office shares: all of IPv4, the first 64 bits of IPv6,
 * which is the least that a provider assigns.
 *
 * @returns the same word for everything that is no address
 */
export function networkOf(address: string): string {
  const plain = address
    // Some proxies name the port as well.
    .replace(/^\[(.+)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3')
    // A listener on IPv6 maps IPv4 to this; the slow parser is not needed for it.
    .replace(/^::ffff:(?=[\d.]+$)/i, '')
  if (isIPv4(plain)) return plain
  if (!ipaddr.IPv6.isValid(plain)) return 'unknown'
  return Buffer.from(ipaddr.IPv6.parse(plain).toByteArray().slice(0, 8)).toString('hex')
}
