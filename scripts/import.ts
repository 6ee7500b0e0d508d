import { parseArgs } from 'node:util'
import { type Imported, importFile } from '#lib/transfer/import-file.ts'
import { getStore } from '#lib/store/index.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { print } from '#lib/terminal.ts'

/** `npm run import`: reads an export of Broadside, WordPress or Disqus into the store. */
const USAGE = `npm run import -- FILE                 imports what is missing, all or nothing
npm run import -- FILE --dry-run       shows what would be imported, and changes nothing
npm run import -- FILE --post ID       chooses one post of a WordPress export
npm run import -- FILE --thread ID     chooses one thread of a Disqus export`

await runCommand(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean' },
      post: { type: 'string' },
      thread: { type: 'string' },
    },
  })
  const [path, ...more] = positionals
  if (!path || more.length > 0) throw new UsageError('Give one file.')
  const { 'dry-run': dryRun = false, post, thread } = values
  const imported = await importFile(await getStore(), path, { dryRun, post, thread }).catch(
    // Reading does not say of which file.
    (error: Error) => Promise.reject(Object.assign(error, { path })),
  )
  print(describe(imported, dryRun))
})

function describe({ report, from }: Imported, dryRun: boolean): string {
  const { added, known, leftOut, moved } = report
  const lines = [
    `Read from ${from}.`,
    `${dryRun ? 'Would be added' : 'Added'}: ${list(added, plural) || 'nothing'}.`,
    known.size > 0 && `Already there: ${list(known, plural)}.`,
    leftOut.size > 0 && `Skipped: ${list(leftOut, because)}.`,
    moved.size > 0 && `Moved: ${list(moved, because)}.`,
    dryRun && 'This was a dry run: nothing was changed.',
  ]
  return lines.filter(Boolean).join('\n')
}

function list(counts: Map<string, number>, say: (count: number, what: string) => string): string {
  return [...counts].map(([what, count]) => say(count, what)).join(', ')
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function because(count: number, what: string): string {
  return `${count} (${what})`
}
