import { parseArgs } from 'node:util'
import '#scripts/messages.ts'
import { ContentError } from '#lib/content.ts'
import { reviewContent } from '#lib/review.ts'

/**
 * `npm run check`: what is wrong with the story's files, before a build or a server stumbles on it, and
 * what an editor would advise; with `--strict` advice fails, too.
 */
const { strict } = parseArgs({ options: { strict: { type: 'boolean', default: false } } }).values
try {
  const advice = await reviewContent()
  for (const finding of advice) console.log(finding)
  if (strict && advice.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
