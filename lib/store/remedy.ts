const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_UNTRUSTED/
const UNREACHABLE = /^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/

/** What a host can do about a store that cannot be reached, to be said after what is wrong. */
export function remedyOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (UNTRUSTED.test(code))
    return '; name the file of the authority that signed it with sslrootcert=FILE'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return '; sslmode=verify-ca with sslrootcert=FILE does not ask for the name'
  if (/does not support SSL/.test(message))
    return '; turn it on there, or say sslmode=disable where the network is your own'
  if (UNREACHABLE.test(code) || /when trying to connect|connection timeout/.test(message))
    return '; see that the database runs, listens at that address, and is not behind a firewall'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return '; no machine of that name is known here: see that it is spelled right'
  return ''
}
