import { existsSync } from 'node:fs'
import { styleText } from 'node:util'
import { diagnose } from '#lib/doctor/doctor.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { print } from '#lib/terminal.ts'

/** `npm run doctor`: looks at a set-up, and says what to do. */
const USAGE = 'npm run doctor             checks the setup and says what to fix'
const SIGNS = {
  ok: styleText('green', 'ok  '),
  warn: styleText('yellow', 'warn'),
  fail: styleText('red', 'fail'),
}

await runCommand(USAGE, async ([argument]) => {
  if (argument !== undefined) throw new UsageError(`Unknown argument: ${argument}`)
  const counts = { ok: 0, warn: 0, fail: 0 }
  for await (const { state, message } of diagnose(existsSync('.env'))) {
    counts[state]++
    print(message, `${SIGNS[state]}  `)
  }
  print(`\nok ${counts.ok}, warn ${counts.warn}, fail ${counts.fail}`)
  if (counts.fail > 0) process.exitCode = 1
})
