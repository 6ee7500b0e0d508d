import { restoreStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { inLine, print } from '#lib/terminal.ts'

/** `npm run restore`: puts a copy of the SQLite store in its place. */
const USAGE =
  'npm run restore -- FILE    replaces the database with this copy; the old one is kept beside it'

await runCommand(USAGE, async ([source, ...more]) => {
  if (source?.startsWith('-')) throw new UsageError(`Unknown option: ${source}`)
  if (!source || more.length > 0) throw new UsageError('Give the copy to restore.')
  const { kept, erased } = await restoreStore(source).catch((error: Error) => {
    error.message = `Nothing was restored: ${error.message}`
    throw error
  })
  print(`Restored ${inLine(source)}.`)
  if (kept) print(`The previous database is ${inLine(kept)}; delete it when you no longer need it.`)
  if (erased > 0)
    print(
      `Erased again: the data of ${erased} ${erased === 1 ? 'reader' : 'readers'}, erased after this copy was made.`,
    )
})
