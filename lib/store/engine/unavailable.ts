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
])

/** Messages of pg about connections, which have no code. */
const POOL =
  /^Connection terminated|connection error and is not queryable|does not support SSL|timeout/i

/** Tells whether the store is unavailable, for a time or until the host repairs it; the request is valid. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && typeof error.errcode === 'number')
    return !SQLITE_REFUSALS.has(error.errcode & 0xff)
  if (error.cause) return isUnavailable(error.cause)
  const code = 'code' in error ? String(error.code) : ''
  return POSTGRES.test(code) || TLS.test(code) || NETWORK.has(code) || POOL.test(error.message)
}
