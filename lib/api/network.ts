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

/** Makes pseudonyms of `networksOf` an address: unlinkable to it once the key is deleted. */
export function networkHashes(key: string, address: string): string[] {
  return networksOf(address).map((network) => visitorHash(key, 'network', network))
}

/** Hexadecimal digits of the prefixes of an IPv6 address that limits count: its /64, /56 and /48. */
const PREFIX_DIGITS = [16, 14, 12]

/**
 * Lists the networks that an address counts for, the narrowest first, in the order of `NETWORK_FACTORS`:
 * an IPv4 address alone; of IPv6 the /64, which is the least that a provider assigns, the /56, which most
 * households get, and the /48, which is the most that one site gets (https://www.rfc-editor.org/rfc/rfc6177).
 *
 * @returns the same word for everything that is no address
 */
export function networksOf(address: string): string[] {
  const plain = address
    // Some proxies name the port as well.
    .replace(/^\[(.+)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3')
    // A listener on IPv6 maps IPv4 to this; the slow parser is not needed for it.
    .replace(/^::ffff:(?=[\d.]+$)/i, '')
  if (isIPv4(plain)) return [plain]
  if (!ipaddr.IPv6.isValid(plain)) return ['unknown']
  const bytes = ipaddr.IPv6.parse(plain).toByteArray()
  const digits = Buffer.from(bytes).toString('hex')
  const embedded = embeddedIPv4(digits, bytes)
  return embedded ? [embedded.join('.')] : PREFIX_DIGITS.map((length) => digits.slice(0, length))
}

/** Finds the IPv4 address that an IPv6 address stands for, as four bytes. */
function embeddedIPv4(digits: string, bytes: number[]): number[] | undefined {
  const last = bytes.slice(12)
  // IPv4-mapped and IPv4-translated (https://www.rfc-editor.org/rfc/rfc2765#section-2.1), NAT64
  // (https://www.rfc-editor.org/rfc/rfc6052#section-2.1).
  if (/^(0{20}ffff|0{16}ffff0000|0064ff9b0{16})/.test(digits)) return last
  // 6to4: https://www.rfc-editor.org/rfc/rfc3056#section-2
  if (digits.startsWith('2002')) return bytes.slice(2, 6)
  // Teredo, with every bit inverted: https://www.rfc-editor.org/rfc/rfc4380#section-4
  if (digits.startsWith('20010000')) return last.map((byte) => byte ^ 0xff)
}
