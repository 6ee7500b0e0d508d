import { isIPv6 } from 'node:net'

/** The loopback address of each address that stands for all of a machine's. */
const LOOPBACK: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/**
 * Returns the origin at which this machine reaches a server that listens there, such as
 * `http://[::1]:3000`. A zone is written as in `[fe80::1%25eth0]` (https://www.rfc-editor.org/rfc/rfc6874),
 * which `URL` does not take.
 *
 * @param host an address without brackets, or a name; none for all addresses of the machine
 */
export function localOrigin(host: string | undefined, port: number): string {
  const reached = host === undefined ? 'localhost' : (LOOPBACK[host] ?? host)
  return `http://${isIPv6(reached) ? `[${reached.replace('%', '%25')}]` : reached}:${port}`
}
