/** SQLite: busy, locked, read-only, I/O error, full, cannot open. https://sqlite.org/rescode.html */
const SQLITE = new Set([5, 6, 8, 10, 13, 14])
/** PostgreSQL: connection, resources, operator intervention. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES = /^(08|53|57P)/
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])

/** The store is in trouble that passes or that the host can mend; the request was not at fault. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && typeof error.errcode === 'number')
    return SQLITE.has(error.errcode & 0xff)
  const code = 'code' in error ? String(error.code) : ''
  return POSTGRES.test(code) || NETWORK.has(code) || /^Connection terminated/.test(error.message)
}
