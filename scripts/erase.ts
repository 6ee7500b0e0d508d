import { getStore } from '#lib/store/index.ts'
import { requireStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { print } from '#lib/terminal.ts'

/** `npm run erase`: erases all that the writer of a comment has done here. */
const USAGE = `npm run erase -- COMMENT_ID    erases the comments, votes and reports of the reader who wrote this
                               comment, and lifts bans made for them`

await runCommand(USAGE, async ([id, ...more]) => {
  if (!id || more.length > 0) throw new UsageError('Give the ID of one comment.')
  await requireStore()
  const store = await getStore()
  const reader = await store.readerOf(id.toLowerCase())
  if (!reader) throw new Error(`${id}: comment not found, or its reader was erased`)
  const { comments, votes } = await store.eraseReader(reader, 'command line')
  print(`Erased: the reader’s comments (${comments}) and votes (${votes}).`)
})
