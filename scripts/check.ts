import { parseArgs } from 'node:util'
import '#scripts/messages.ts'
import { reviewContent } from '#lib/review.ts'
import { printable } from '#lib/terminal.ts'
import { runCommand } from '#scripts/command.ts'

const USAGE = `npm run check -- [--strict]: what is wrong with the story's files, before a build or a server
stumbles on it, and what an editor would advise; with --strict advice fails, too`

await runCommand(USAGE, async (args) => {
  const options = { strict: { type: 'boolean', default: false } } as const
  const { strict } = parseArgs({ args, options }).values
  const advice = await reviewContent()
  for (const finding of advice) console.log(printable(finding))
  if (strict && advice.length > 0) process.exitCode = 1
})
