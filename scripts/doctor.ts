import { existsSync } from 'node:fs'
import { styleText } from 'node:util'
import { diagnose } from '#lib/doctor/doctor.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { print } from '#lib/terminal.ts'

/** `npm run doctor`: looks at a set-up, and says what to do. */
const USAGE = 'npm run doctor             looks at the set-up, and says what to do'
const SIGNS = {
  ok: styleText('green', 'ok  '),
  warn: styleText('yellow', 'warn'),
  fail: styleText('red', 'fail'),
}

await runCommand(USAGE, async ([argument]) => {
  if (argument !== undefined) throw new UsageError(`There is nothing to say with ${argument}.`)
  const counts = { ok: 0, warn: 0, fail: 0 }
  for await (const { state, message } of diagnose(existsSync('.env'))) {
    counts[state]++
    print(message, `${SIGNS[state]}  `)
  }
  print(`\n${counts.ok} ok, ${counts.warn} to look at, ${counts.fail} to mend`)
  if (counts.fail > 0) process.exitCode = 1
})
