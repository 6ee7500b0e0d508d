import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { writeExport } from '#lib/export-file.ts'
import { closeStore, getStore } from '#lib/store/index.ts'

/** `npm run export`: writes everything as JSON Lines, to a file or to standard output. */
const USAGE = `npm run export -- FILE     writes everything to this file, which appears when it is whole
npm run --silent export    writes it to standard output`

if (existsSync('.env')) process.loadEnvFile()
const [path, ...more] = process.argv.slice(2)
try {
  if (more.length > 0 || path?.startsWith('-')) throw new Error(USAGE)
  if (path) await exportTo(path)
  else
    await writeExport(await getStore(), async (text) => {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain')
    })
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
} finally {
  await closeStore()
}

async function exportTo(path: string): Promise<void> {
  const store = await getStore()
  const unfinished = `${path}.unfinished`
  // It holds what is not public: for its owner alone.
  const file = await open(unfinished, 'w', 0o600)
  try {
    const records = await writeExport(store, (text) => file.appendFile(text))
    await file.sync()
    await rename(unfinished, path)
    console.log(`${path} holds ${records} records.`)
  } finally {
    await file.close()
    await rm(unfinished, { force: true })
  }
}
