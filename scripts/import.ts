import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Imported, importFile } from '#lib/import-file.ts'
import { closeStore, getStore } from '#lib/store/index.ts'
import { printable } from '#lib/terminal.ts'

/** `npm run import`: reads an export of Broadside, WordPress or Disqus into the store. */
const USAGE = `npm run import -- FILE                 adds what is not there yet, all or nothing
npm run import -- FILE --dry-run       only says what that would be
npm run import -- FILE --post ID       of a WordPress export with several posts
npm run import -- FILE --thread ID     of a Disqus export with several threads`

if (existsSync('.env')) process.loadEnvFile()
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean' },
      post: { type: 'string' },
      thread: { type: 'string' },
    },
  })
  const [path, ...more] = positionals
  if (!path || more.length > 0) throw new Error(USAGE)
  const dryRun = values['dry-run'] ?? false
  const discussion = values.post ?? values.thread
  const imported = await importFile(await getStore(), path, { dryRun, discussion })
  console.log(printable(describe(imported, dryRun)))
} catch (error) {
  console.error(printable((error as Error).message))
  process.exitCode = 1
} finally {
  await closeStore()
}

function describe({ report, from }: Imported, dryRun: boolean): string {
  const { added, known, leftOut, moved } = report
  const lines = [
    `Read from ${from}.`,
    `${dryRun ? 'Would be added' : 'Added'}: ${list(added, ({ key, count }) => `${count} ${key}${count === 1 ? '' : 's'}`)}.`,
  ]
  if (known.size > 0)
    lines.push(`There already: ${list(known, ({ key, count }) => `${count} ${key}s`)}.`)
  if (leftOut.size > 0) lines.push(`Left out: ${list(leftOut, reason)}.`)
  if (moved.size > 0) lines.push(`Standing elsewhere: ${list(moved, reason)}.`)
  if (dryRun) lines.push('This was a dry run: nothing was written.')
  return lines.join('\n')
}

type Counted = { key: string; count: number }

function list(counts: Map<string, number>, describe: (counted: Counted) => string): string {
  return [...counts].map(([key, count]) => describe({ key, count })).join(', ') || 'nothing'
}

function reason({ key, count }: Counted): string {
  return `${count} (${key})`
}
