import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'

/** Values of libpq's variables PGSSLMODE and PGSSLROOTCERT, for addresses without such parameters. */
export type TlsDefaults = { mode: string | undefined; rootCertificate: string | undefined }

type Tls = { connectionString: string; ssl: ConnectionOptions | false }

const LOCAL = /^(|localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Separates an address from its TLS parameters, and translates these into options of Node. `require`
 * checks the server's certificate and name like `verify-full`: pg does so today but will stop, and libpq
 * does not, so that anyone between could read everything. Only `no-verify` leaves the check out.
 *
 * @throws when a mode could silently leave out encryption, and when a file cannot be read
 */
export function readTls(url: string, defaults: TlsDefaults): Tls {
  const [address = '', query = ''] = url.split(/\?(.*)/s)
  const parameters = new URLSearchParams(query)
  const take = (name: string) => {
    const value = parameters.get(name) ?? undefined
    parameters.delete(name)
    return value
  }
  const mode = take('sslmode') ?? defaults.mode
  const root = take('sslrootcert') ?? defaults.rootCertificate
  const [certificate, key] = [take('sslcert'), take('sslkey')]
  const rest = String(parameters)
  return {
    connectionString: rest ? `${address}?${rest}` : address,
    ssl: optionsOf(mode, {
      // In libpq, `system` stands for the authorities that the system knows.
      ...(root && root !== 'system' && { ca: read('sslrootcert', root) }),
      ...(certificate && { cert: read('sslcert', certificate) }),
      ...(key && { key: read('sslkey', key) }),
    }),
  }
}

function optionsOf(mode: string | undefined, files: ConnectionOptions): Tls['ssl'] {
  switch (mode) {
    case 'disable':
      return false
    case undefined:
      // An address that names an authority wants its check.
      return files.ca ? files : false
    case 'require':
    case 'verify-full':
      return files
    case 'verify-ca':
      if (files.ca) return { ...files, checkServerIdentity: () => undefined }
      throw new Error('sslmode=verify-ca needs the authority’s certificate: sslrootcert=FILE')
    case 'no-verify':
      return { ...files, rejectUnauthorized: false }
    default:
      throw new Error(
        'sslmode must be verify-full, require (the same), verify-ca, no-verify or disable',
      )
  }
}

/** Tells whether the address leads to another machine and says nothing about TLS: nothing is encrypted. */
export function isUnencrypted(url: string, { mode, rootCertificate }: TlsDefaults): boolean {
  const [address = '', query = ''] = url.split(/\?(.*)/s)
  const parameters = new URLSearchParams(query)
  const says = parameters.has('sslmode') || parameters.has('sslrootcert')
  const host = parameters.get('host') ?? address.replace(/^\w+:\/\/([^/]*@)?/, '').split('/')[0]!
  const isSocket = host.startsWith('/') || /^%2f/i.test(host)
  return !(says || mode || rootCertificate || isSocket || LOCAL.test(host.replace(/:\d*$/, '')))
}

function read(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new Error(`${name} names a file that cannot be read (${code})`, { cause })
  }
}
