import { type DataRecord, HEADER, readRecord } from '#lib/records.ts'

/** Most UTF-16 units of a line: more than any record has, however it is escaped. */
const MAX_LINE = 1_000_000

/**
 * Reads the records of an export of Broadside.
 *
 * @throws {Error} naming the first line that is wrong
 */
export async function* readExport(text: AsyncIterable<string>): AsyncGenerator<DataRecord> {
  let number = 0
  let records = 0
  let hasEnded = false
  for await (const line of splitLines(text)) {
    number++
    try {
      if (hasEnded) throw new Error('there is something after the end')
      const value = parse(line)
      if (number === 1) checkHeader(value)
      else if ((hasEnded = isEnd(value, records))) continue
      else {
        const record = readRecord(value)
        records++
        yield record
      }
    } catch (error) {
      throw new Error(`line ${number}: ${(error as Error).message}`, { cause: error })
    }
  }
  if (!hasEnded)
    throw new Error(`the file ends after line ${number} without its last line: it was cut off`)
}

function parse(line: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Error('this is not JSON; the file was cut off or changed')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('this is not a JSON object')
  return value as Record<string, unknown>
}

function checkHeader({ format, version }: Record<string, unknown>): void {
  if (format !== HEADER.format) throw new Error('this is not a Broadside export')
  if (version !== HEADER.version)
    throw new Error(
      `this is version ${JSON.stringify(version)} of the format, but this Broadside reads version ${HEADER.version}; use the version that wrote it or a later one`,
    )
}

function isEnd({ type, records: expected }: Record<string, unknown>, records: number): boolean {
  if (type !== 'end') return false
  if (expected !== records)
    throw new Error(`there should be ${JSON.stringify(expected)} records, found ${records}`)
  return true
}

async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    yield* lines
    if (rest.length > MAX_LINE)
      throw new Error(`a line is longer than ${MAX_LINE.toLocaleString('en')} characters`)
  }
  if (rest !== '') yield rest
}
