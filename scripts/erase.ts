import { existsSync } from 'node:fs'
import { closeStore, getStore } from '#lib/store/index.ts'

/** `npm run erase`: erases all that the writer of a comment has done here. */
const USAGE =
  'npm run erase -- COMMENT_ID    erases all that the writer of this comment has done here'

if (existsSync('.env')) process.loadEnvFile()
const [id, ...more] = process.argv.slice(2)
try {
  if (!id || more.length > 0) throw new Error(USAGE)
  const store = await getStore()
  const reader = await store.readerOf(id.toLowerCase())
  if (!reader) throw new Error(`${id}: there is no such comment, or its writer is erased`)
  const { comments, votes } = await store.eraseReader(reader, 'command line')
  console.log(`Erased: the reader’s comments (${comments}) and votes (${votes}).`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
} finally {
  await closeStore()
}
