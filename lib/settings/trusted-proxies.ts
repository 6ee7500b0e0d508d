import proxyAddress from 'proxy-addr'
import { z } from 'zod'

/**
 * Tells whether X-Forwarded-* headers sent by this address are believed; `hop` is 0 for the peer of
 * the connection (proxy-addr's trust function).
 */
export type TrustsProxy = (address: string, hop: number) => boolean

/** proxy-addr refuses a range of all addresses; it takes the two halves. */
const HALVES: Record<string, string[]> = {
  '0.0.0.0/0': ['0.0.0.0/1', '128.0.0.0/1'],
  '::/0': ['::/1', '8000::/1'],
}

/** Two far-apart addresses of each family: if both are trusted, everyone is. */
const PROBES = [
  ['8.8.8.8', '192.0.2.1'],
  ['2001:db8::1', 'c000::1'],
]

/** Makes the schema of addresses or ranges with commas between them. */
export function proxyList() {
  return z
    .string()
    .refine(canCompile, {
      error: ({ input }) =>
        `must be addresses or ranges such as 10.0.0.0/8, separated by commas, found "${input}"`,
    })
    .prefault('')
}

/**
 * Makes the function that tells trusted proxies from others.
 *
 * @param proxies addresses or ranges with commas between; none trusts nobody
 * @throws {TypeError} where one is no address and no range
 */
export function compileTrust(proxies: string): TrustsProxy {
  const ranges = proxies
    .split(',')
    .map((range) => range.trim())
    .filter(Boolean)
  return proxyAddress.compile(ranges.flatMap((range) => HALVES[range] ?? range))
}

/** Returns whether every IPv4 or every IPv6 address is trusted. */
export function trustsEveryone(trustsProxy: TrustsProxy): boolean {
  return PROBES.some((pair) => pair.every((address) => trustsProxy(address, 0)))
}

function canCompile(proxies: string): boolean {
  try {
    compileTrust(proxies)
    return true
  } catch {
    return false
  }
}
