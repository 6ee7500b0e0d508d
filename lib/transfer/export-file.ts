import { escapeControls } from '#lib/json-escapes.ts'
import { HEADER } from '#lib/records.ts'
import type { Store } from '#lib/store/index.ts'

/**
 * Writes everything in the store that `docs/export.md` names, as JSON Lines.
 *
 * @returns the number of records
 */
export async function writeExport(
  store: Store,
  write: (text: string) => Promise<void>,
): Promise<number> {
  let records = 0
  await write(line(HEADER))
  await store.exportRecords(async (batch) => {
    records += batch.length
    await write(batch.map(line).join(''))
  })
  // The last line proves that the file was not cut off.
  await write(line({ type: 'end', records }))
  return records
}

function line(value: object): string {
  return escapeControls(JSON.stringify(value)) + '\n'
}
