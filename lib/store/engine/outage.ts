/** What health checks are told by the code of an error; nothing that an outsider could use. */
const SENTENCES: [codes: RegExp, sentence: string][] = [
  [/^(53100|ENOSPC|EDQUOT|SQLITE 13)$/, 'The database’s disk is full.'],
  [/^(XX00[12]|SQLITE (11|26))$/, 'The database is damaged.'],
  [/^(25006|EACCES|EPERM|EROFS|SQLITE 8)$/, 'The database is read-only.'],
  [/^(58030|EIO|SQLITE 10)$/, 'The database’s disk is failing.'],
  [/^(EMFILE|ENFILE|53[0-9]+)$/, 'Too many connections or files are open.'],
  [/^SQLITE [56]$/, 'The database is locked by another process.'],
  [/^(ENOENT|ENODEV|ENXIO|ESTALE|SQLITE 14)$/, 'The database file is missing.'],
  [/^57P/, 'The database is starting or stopping.'],
  [/^28/, 'The database rejects the user name or password.'],
  [/^3D/, 'The database does not exist.'],
  [/^(57014|ETIMEDOUT)$/, 'The database did not answer in time.'],
  [/^E[A-Z_]+$/, 'The database cannot be reached.'],
]

/** Says in a sentence why the store is unavailable, without names, addresses and paths. */
export function describeOutage(error: unknown): string {
  const {
    code = '',
    errcode,
    message,
    cause,
  } = error as NodeJS.ErrnoException & {
    errcode?: number
  }
  if (cause instanceof Error) return describeOutage(cause)
  if (/timeout/i.test(message)) return 'The database did not answer in time.'
  const key = errcode === undefined ? code : `SQLITE ${errcode & 0xff}`
  const found = SENTENCES.find(([codes]) => codes.test(key))
  return found?.[1] ?? 'The database cannot be used: see the log.'
}
