import { spawn, spawnSync } from 'node:child_process'
import { watch } from 'node:fs'
import { printUncaughtErrors } from '#lib/terminal.ts'

printUncaughtErrors()

/**
 * `npm run dev`: checks the story, runs Next, and puts the messages and the site's name in place again
 * whenever the story is saved. A story with mistakes is no reason to stop: the page shows them.
 */
run('scripts/check.ts')

/** Milliseconds in which the several steps of saving a file are one change. */
const SETTLED = 100

let timer: NodeJS.Timeout | undefined
watch('content', () => {
  clearTimeout(timer)
  timer = setTimeout(() => run('scripts/messages.ts'), SETTLED)
})

const { HOST } = process.env
const host = HOST ? ['-H', HOST] : []
const next = spawn(
  'next',
  ['dev', '--experimental-next-config-strip-types', ...host, ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } },
)
next.on('exit', (code) => process.exit(code ?? 1))
// A terminal interrupts Next, too, whose end is awaited.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => next.kill())

function run(script: string): void {
  spawnSync(process.execPath, [script], { stdio: 'inherit' })
}
