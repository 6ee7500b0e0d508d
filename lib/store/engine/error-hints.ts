import type { Engine } from '#lib/store/engine/schema.ts'
import { OpeningError } from '#lib/store/engine/unavailable.ts'

const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_UNTRUSTED/
const UNREACHABLE = /^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/

const GRANT_ACCESS =
  '; give the user that runs Broadside read and write access to it and its folder'
const FREE_DISK_SPACE = '; make room on the disk'
const RESTORE_BACKUP = '; move it away and restore a copy with "npm run restore"'
/** Hints by SQLite's result codes: https://sqlite.org/rescode.html */
const SQLITE_HINTS: Record<number, string> = {
  8: GRANT_ACCESS,
  10: FREE_DISK_SPACE,
  11: RESTORE_BACKUP,
  13: FREE_DISK_SPACE,
  14: GRANT_ACCESS,
  26: RESTORE_BACKUP,
}
const NOT_ALLOWED = /^(EACCES|EPERM|EROFS)$/

/** Returns what a host can do about an error of the store, to append to its message; empty if unknown. */
export function errorHint(error: unknown): string {
  const { code = '', message, errcode } = error as NodeJS.ErrnoException & { errcode?: number }
  if (errcode !== undefined) return SQLITE_HINTS[errcode & 0xff] ?? ''
  if (NOT_ALLOWED.test(code)) return GRANT_ACCESS
  if (code === 'ENOSPC') return FREE_DISK_SPACE
  if (code === 'EISDIR') return '; give a file in this folder'
  if (UNTRUSTED.test(code))
    return '; set sslrootcert=FILE to the certificate of the authority that signed it'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return '; use the name in the certificate, or sslmode=verify-ca with sslrootcert=FILE, which does not check it'
  if (/does not support SSL/.test(message))
    return '; turn it on at the server, or set sslmode=disable if the network is your own'
  if (UNREACHABLE.test(code) || /when trying to connect|connection timeout/.test(message))
    return '; check that the database is running, listens on that address and is not blocked by a firewall'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return '; the host name was not found: check its spelling'
  return ''
}

/** Returns the error of a store that cannot be opened, without its address, which may hold a password. */
export function openingError(engine: Engine, cause: unknown): OpeningError {
  const name = engine === 'postgres' ? 'PostgreSQL' : 'the SQLite file'
  return new OpeningError(`DATABASE_URL: ${name} cannot be opened: ${reasonOf(cause)}`, { cause })
}

/** Returns what is wrong, followed by what a host can do about it. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException
  return `${message || code}${errorHint(error)}`
}
