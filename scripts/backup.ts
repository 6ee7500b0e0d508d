import { backupStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { inLine, print } from '#lib/terminal.ts'

/** `npm run backup`: copies the SQLite store while the site runs. */
const USAGE = `npm run backup             copies the database into backups/ beside it
npm run backup -- FILE     copies the database to FILE, which must not exist yet`

await runCommand(USAGE, async ([target, ...more]) => {
  if (target?.startsWith('-')) throw new UsageError(`Unknown option: ${target}`)
  if (more.length > 0) throw new UsageError('Give one file.')
  print(`${inLine(await backupStore(target))} is a complete copy of the database.`)
})
