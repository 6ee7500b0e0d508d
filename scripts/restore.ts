import { existsSync } from 'node:fs'
import { restoreStore } from '#lib/store/index.ts'

/** `npm run restore`: puts a copy of the SQLite store in its place. */
const USAGE =
  'npm run restore -- FILE    puts this copy in the place of the store, which is kept beside it'

if (existsSync('.env')) process.loadEnvFile()
const [source, ...more] = process.argv.slice(2)
try {
  if (!source || source.startsWith('-') || more.length > 0) throw new Error(USAGE)
  const { kept, erased } = await restoreStore(source)
  console.log(`${source} is restored.`)
  if (kept) console.log(`What was there before is ${kept}; delete it when you are sure.`)
  if (erased > 0) console.log(`Erased again, because it was since: all of ${erased} readers.`)
} catch (error) {
  console.error(`Nothing was restored: ${(error as Error).message}`)
  process.exitCode = 1
}
