import { existsSync } from 'node:fs'
import { backupStore } from '#lib/store/index.ts'

/** `npm run backup`: copies the SQLite store while the site runs. */
const USAGE = `npm run backup             copies the store into backups/ beside it
npm run backup -- FILE     copies the store to this file, which must not be there yet`

if (existsSync('.env')) process.loadEnvFile()
const [target, ...more] = process.argv.slice(2)
try {
  if (more.length > 0 || target?.startsWith('-')) throw new Error(USAGE)
  console.log(`${await backupStore(target)} is a whole copy of the store.`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
