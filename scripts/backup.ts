import { backupStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { inLine, print } from '#lib/terminal.ts'

/** `npm run backup`: copies the SQLite store while the site runs. */
const USAGE = `npm run backup             copies the store into backups/ beside it
npm run backup -- FILE     copies the store to this file, which must not be there yet`

await runCommand(USAGE, async ([target, ...more]) => {
  if (target?.startsWith('-')) throw new UsageError(`There is no option ${target}.`)
  if (more.length > 0) throw new UsageError('Name one file.')
  print(`${inLine(await backupStore(target))} is a whole copy of the store.`)
})
