import { HEADER } from '#lib/records.ts'
import type { Store } from '#lib/store/index.ts'

/** Writes everything worth keeping as JSON Lines; answers with how many records there are. */
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
  // By it a reader knows that nothing was cut off.
  await write(line({ type: 'end', records }))
  return records
}

function line(value: object): string {
  return JSON.stringify(value) + '\n'
}
