import { parseArgs } from 'node:util'
import { copyStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { print, printError } from '#lib/terminal.ts'

/** `npm run store:copy`: moves the data to another engine. */
const USAGE = `npm run store:copy -- --from ADDRESS --to ADDRESS

Copies a whole database, with secrets and sessions, to an empty one. Write each address as in
DATABASE_URL, such as file:data/broadside.db or postgres://user:password@localhost:5432/broadside.
Start the site once with this version, then stop it before you copy. The source is only read; changes
made to it meanwhile are reported, and are not in the copy. All or nothing: every table is compared.`

await runCommand(USAGE, async (args) => {
  const options = { from: { type: 'string' }, to: { type: 'string' } } as const
  const { from, to } = parseArgs({ args, options }).values
  if (!from || !to)
    throw new UsageError(
      'Give the database to copy with --from, and the empty one to copy it to with --to.',
    )
  const { sums, changed } = await copyStore(from, to)
  const width = Math.max(...sums.map(({ table }) => table.length))
  for (const { table, rows, checksum } of sums)
    print(`${table.padEnd(width)}  ${checksum}  ${rows} rows, the same on both sides`)
  if (changed.length === 0) return print('The copy is complete.')
  printError(
    `The source changed during the copy (${changed.join(', ')}), and those changes are missing. Stop the site, then copy again to an empty database.`,
  )
  process.exitCode = 1
})
