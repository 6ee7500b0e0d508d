import { parseArgs } from 'node:util'
import '#scripts/messages.ts'
import { runCommand } from '#scripts/command.ts'
import { lintMessages, messageLanguages } from '#lib/story/lint-messages.ts'
import { print } from '#lib/terminal.ts'

const USAGE = `npm run check -- [--strict]: checks the story’s files and gives an editor’s advice; with --strict,
advice counts as an error`

await runCommand(USAGE, async (args) => {
  const options = { strict: { type: 'boolean', default: false } } as const
  const { strict } = parseArgs({ args, options }).values
  // Imported late: it reads messages that `scripts/messages.ts` has just put in place.
  const { lintContent } = await import('#lib/story/lint.ts')
  const { lintStoryCard } = await import('#lib/publishing/story-card.ts')
  const advice = [
    ...(await lintContent()),
    ...(await lintStoryCard()),
    ...messageLanguages().flatMap(lintMessages),
  ]
  for (const finding of advice) print(finding)
  if (advice.length === 0) print('No problems found in content/.')
  if (strict && advice.length > 0) process.exitCode = 1
})
