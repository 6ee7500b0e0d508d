/**
 * Runs as a process of its own: writes until SIGTERM, repeats each write until it succeeds, and prints a
 * line for each that was acknowledged. Its argument is a prefix of readers' ids, its own.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isUnavailable, openStore, type Store } from '#lib/store/index.ts'

const [prefix = ''] = process.argv.slice(2)
const STREAMS = 6
const store = await openStore()
let isOver = false
process.once('SIGTERM', () => (isOver = true))

await Promise.all(Array.from({ length: STREAMS }, (_, stream) => run(stream)))
await store.close()

async function run(stream: number): Promise<void> {
  for (let i = 0; !isOver; i++) {
    const reader = `${prefix}-${stream}-${i}`
    await untilKept('vote', reader, (to) => to.setVote({ reader, vote: i % 3 ? 'up' : 'down' }))
    if (i % 2)
      await untilKept('view', reader, (to) =>
        to.countView({ day: 99_999, viewer: reader, networks: [reader] }),
      )
    const comment = {
      reader,
      networks: [reader],
      name: 'Ann',
      text: `By ${reader}`,
      key: randomUUID(),
    }
    if (stream % 2) await untilKept('comment', comment.key, (to) => to.addComment(comment))
  }
}

async function untilKept(
  what: string,
  name: string,
  write: (to: Store) => Promise<unknown>,
): Promise<void> {
  while (!isOver)
    try {
      await write(store)
      // Writing to a pipe is synchronous: this process may be killed at any moment.
      process.stdout.write(`${what} ${name}\n`)
      return
    } catch (error) {
      process.stdout.write(
        isUnavailable(error) ? 'trouble\n' : `wrong ${(error as Error).message}\n`,
      )
      await sleep(20)
    }
}
