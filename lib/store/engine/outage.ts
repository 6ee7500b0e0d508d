/** What health checks are told by the code of an error; nothing that an outsider could use. */
const SENTENCES: [codes: RegExp, sentence: string][] = [
  [/^(53100|ENOSPC|EDQUOT|SQLITE 13)$/, 'The disk of the data is full.'],
  [/^(XX00[12]|SQLITE (11|26))$/, 'The data is damaged.'],
  [/^(25006|EACCES|EPERM|EROFS|SQLITE 8)$/, 'The data cannot be written.'],
  [/^(58030|EIO|SQLITE 10)$/, 'The disk of the data fails.'],
  [/^(EMFILE|ENFILE|53[0-9]+)$/, 'Too many connections or files are open.'],
  [/^SQLITE [56]$/, 'The data is locked by another process.'],
  [/^(ENOENT|ENODEV|ENXIO|ESTALE|SQLITE 14)$/, 'The file of the data is not there.'],
  [/^57P/, 'The database starts or stops.'],
  [/^28/, 'The database refuses the sign-in.'],
  [/^3D/, 'There is no such database.'],
  [/^(57014|ETIMEDOUT)$/, 'The database does not answer in time.'],
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
  if (/timeout/i.test(message)) return 'The database does not answer in time.'
  const key = errcode === undefined ? code : `SQLITE ${errcode & 0xff}`
  const found = SENTENCES.find(([codes]) => codes.test(key))
  return found?.[1] ?? 'The data cannot be used: see the log.'
}
