/**
 * Codes of SQLite for which the request is at fault: too big, constraint, mismatch. All others are
 * problems of the file. https://sqlite.org/rescode.html
 */
const SQLITE_REFUSALS = new Set([18, 19, 20])
/**
 * Codes of PostgreSQL for which the request is not at fault: connection, sign-in, no such database,
 * resources, wrong state, operator intervention and timeouts, system, read-only, repeated conflicts, and
 * internal errors.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const POSTGRES = /^(08|28|3D|53|55|57|58|25006|40001|40003|40P01|CR000|XX)/
/** Codes of Node and OpenSSL for a refused certificate. */
const TLS = /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENFILE',
])

/** Messages of pg about connections, which have no code. */
const POOL =
  /^Connection terminated|connection error and is not queryable|does not support SSL|timeout/i

/** Codes of PostgreSQL for a refused sign-in, no such database, and no right to make tables there. */
const REFUSED = /^(28|3D|42501)/
/** Codes of a disk that is not there, is full, or may not be written just now, and of too many open files. */
const DISK =
  /^(EACCES|EBUSY|EDQUOT|EIO|EMFILE|ENFILE|ENODEV|ENOENT|ENOSPC|ENXIO|EPERM|EROFS|ESTALE)$/
const SQLITE_NOT_A_DATABASE = 26
/** The `name` of the error of a store that cannot be opened; under Next, each bundle has a class of its own. */
const OPENING_ERROR = 'OpeningError'

/** The error of a store that cannot be opened; `cause` is the engine's or the system's. */
export class OpeningError extends Error {
  override readonly name = OPENING_ERROR
}

/**
 * Tells whether a store that cannot be opened may come back by itself, as a server that is restarted and a
 * disk that is mounted do. All else is a setting that an operator has to mend: a wrong password, a database
 * or file that is not ours, a newer version's tables.
 */
export function mayComeBack({ cause }: OpeningError): boolean {
  if (!(cause instanceof Error)) return false
  const { code = '', errcode } = cause as NodeJS.ErrnoException & { errcode?: number }
  if (errcode !== undefined) return (errcode & 0xff) !== SQLITE_NOT_A_DATABASE
  if (REFUSED.test(code) || TLS.test(code) || /does not support SSL/.test(cause.message))
    return false
  return DISK.test(code) || isUnavailable(cause)
}

/** Tells whether the store is unavailable, for a time or until the host repairs it; the request is valid. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === OPENING_ERROR) return true
  if ('errcode' in error && typeof error.errcode === 'number')
    return !SQLITE_REFUSALS.has(error.errcode & 0xff)
  if (error.cause) return isUnavailable(error.cause)
  const code = 'code' in error ? String(error.code) : ''
  return POSTGRES.test(code) || TLS.test(code) || NETWORK.has(code) || POOL.test(error.message)
}
