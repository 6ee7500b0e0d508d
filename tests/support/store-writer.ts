/** Runs as a process of its own for the contract suite; arguments: PREFIX READERS [KEY] */
import { openStore } from '#lib/store/index.ts'

const [prefix, readers, key] = process.argv.slice(2)
const store = await openStore()
const writes: Promise<unknown>[] = []
for (let i = 0; i < Number(readers); i++) {
  writes.push(store.setVote({ reader: `${prefix}${i}`, vote: 'up' }))
  if (!key) continue
  writes.push(store.setVote({ reader: 'everyone', vote: 'up' }))
  writes.push(
    store.addComment({ reader: prefix!, networks: ['net'], key, name: 'Ann', text: 'Once' }),
  )
}
await Promise.all(writes)
await store.close()
