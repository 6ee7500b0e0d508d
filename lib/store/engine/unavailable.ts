/**
 * SQLite: too big, constraint, mismatch; all others are the file's trouble, not the
 * request's. https://sqlite.org/rescode.html
 */
const SQLITE_REFUSALS = new Set([18, 19, 20])
/**
 * PostgreSQL: connection, sign-in, no such database, resources, not as it has to be, operator intervention
 * and time limits, the system, read-only, conflicts that did not pass, and internal errors.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const POSTGRES = /^(08|28|3D|53|55|57|58|25006|40001|40003|40P01|CR000|XX)/
/** Node's and OpenSSL's, of a certificate that is refused. */
const TLS = /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])

/** What pg says of connections that carry no code. */
const POOL =
  /^Connection terminated|connection error and is not queryable|does not support SSL|timeout/i

/** The store is in trouble that passes or that the host can mend; the request was not at fault. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && typeof error.errcode === 'number')
    return !SQLITE_REFUSALS.has(error.errcode & 0xff)
  if (error.cause) return isUnavailable(error.cause)
  const code = 'code' in error ? String(error.code) : ''
  return POSTGRES.test(code) || TLS.test(code) || NETWORK.has(code) || POOL.test(error.message)
}
