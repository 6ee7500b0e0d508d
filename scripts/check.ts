import '#scripts/messages.ts'
import { ContentError, loadContent } from '#lib/content.ts'

/** `npm run check`: what is wrong with the story's files, before a build or a server stumbles on it. */
try {
  await loadContent()
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  console.error(error.message)
  process.exit(1)
}
