import { parseArgs } from 'node:util'
import { copyStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { print, printError } from '#lib/terminal.ts'

/** `npm run store:copy`: moves the data to another engine. */
const USAGE = `npm run store:copy -- --from ADDRESS --to ADDRESS

Copies everything in a store, secrets and sessions too, to an empty one: an address is written as in
DATABASE_URL, such as file:data/broadside.db or postgres://user:password@localhost:5432/broadside.
The source is only read, and must have been started once with this version. Stop the site before; what
is written meanwhile is not in the copy, and is told. All or nothing: every table is compared.`

await runCommand(USAGE, async (args) => {
  const options = { from: { type: 'string' }, to: { type: 'string' } } as const
  const { from, to } = parseArgs({ args, options }).values
  if (!from || !to)
    throw new UsageError('Name the store to copy with --from, and where to with --to.')
  const { sums, changed } = await copyStore(from, to)
  const width = Math.max(...sums.map(({ table }) => table.length))
  for (const { table, rows, checksum } of sums)
    print(`${table.padEnd(width)}  ${checksum}  ${rows} rows, the same on both sides`)
  if (changed.length === 0) return print('The copy is whole.')
  printError(
    `The source was written to meanwhile (${changed.join(', ')}), and that is not in the copy. Stop the site, then copy again to another empty store.`,
  )
  process.exitCode = 1
})
