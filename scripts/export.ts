import { once } from 'node:events'
import { open, rename, rm, stat } from 'node:fs/promises'
import { writeExport } from '#lib/transfer/export-file.ts'
import { getStore } from '#lib/store/index.ts'
import { requireStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { inLine, print } from '#lib/terminal.ts'

/** `npm run export`: writes everything as JSON Lines, to a file or to standard output. */
const USAGE = `npm run export -- FILE     exports all data to FILE
npm run --silent export    exports all data to standard output`

await runCommand(USAGE, async ([path, ...more]) => {
  if (path?.startsWith('-')) throw new UsageError(`Unknown option: ${path}`)
  if (more.length > 0) throw new UsageError('Give one file.')
  await requireStore()
  if (path) return exportTo(path)
  await writeExport(await getStore(), async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
  })
})

async function exportTo(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined))?.isDirectory())
    throw new Error(`${path}: this is a folder; give a file`)
  const unfinished = `${path}.unfinished`
  // It holds what is not public: for its owner alone.
  const file = await open(unfinished, 'w', 0o600).catch((error) => {
    throw Object.assign(error as Error, { path })
  })
  try {
    const records = await writeExport(await getStore(), (text) => file.appendFile(text))
    await file.sync()
    await rename(unfinished, path)
    print(`Exported ${records} ${records === 1 ? 'record' : 'records'} to ${inLine(path)}.`)
  } finally {
    await file.close()
    await rm(unfinished, { force: true })
  }
}
