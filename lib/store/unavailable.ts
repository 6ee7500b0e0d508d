/**
 * SQLite: too big, constraint, mismatch; all others are the file's trouble, not the
 * request's. https://sqlite.org/rescode.html
 */
const SQLITE_REFUSALS = new Set([18, 19, 20])
/** PostgreSQL: connection, resources, operator intervention and time limits, read-only, serialisation, deadlock. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES = /^(08|53|57|25006|40001|40P01)/
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
const POOL = /^Connection terminated|connection error and is not queryable|timeout/i

/** The store is in trouble that passes or that the host can mend; the request was not at fault. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && typeof error.errcode === 'number')
    return !SQLITE_REFUSALS.has(error.errcode & 0xff)
  if (error.cause) return isUnavailable(error.cause)
  const code = 'code' in error ? String(error.code) : ''
  return POSTGRES.test(code) || NETWORK.has(code) || POOL.test(error.message)
}
