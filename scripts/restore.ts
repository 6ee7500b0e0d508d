import { restoreStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { inLine, print } from '#lib/terminal.ts'

/** `npm run restore`: puts a copy of the SQLite store in its place. */
const USAGE =
  'npm run restore -- FILE    puts this copy in the place of the store, which is kept beside it'

await runCommand(USAGE, async ([source, ...more]) => {
  if (source?.startsWith('-')) throw new UsageError(`There is no option ${source}.`)
  if (!source || more.length > 0) throw new UsageError('Name the copy to restore.')
  const { kept, erased } = await restoreStore(source).catch((error: Error) => {
    error.message = `Nothing was restored: ${error.message}`
    throw error
  })
  print(`${inLine(source)} is restored.`)
  if (kept) print(`What was there before is ${inLine(kept)}; delete it when you are sure.`)
  if (erased > 0)
    print(
      `Erased again, because it was since: all that ${erased} ${erased === 1 ? 'reader' : 'readers'} did.`,
    )
})
