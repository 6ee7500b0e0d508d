import { NO_LIMITS } from '#scripts/testing/unlimited.ts'
import { openStore } from '#lib/store/index.ts'

/** Writes comments into a store: threads of three, with words of their own; votes on some. */
export async function fill(url: string, count: number): Promise<void> {
  const store = await openStore(url, NO_LIMITS)
  const ids: string[] = []
  const add = async (i: number) => {
    const parent = i % 3 === 0 ? undefined : ids[Math.max(0, ids.length - (i % 7) - 1)]
    const added = await store.addComment({
      reader: `reader ${i % 997}`,
      networks: ['net'],
      name: `Reader ${i % 997}`,
      text: words(i),
      key: crypto.randomUUID(),
      parent,
    })
    if (!('comment' in added)) throw new Error(JSON.stringify(added))
    return added.comment.id
  }
  for (let done = 0; done < count; done += 100) {
    const made = await Promise.all(Array.from({ length: 100 }, (_, i) => add(done + i)))
    ids.push(...made)
    for (const comment of made.slice(0, 10))
      await store.setVote({ reader: `voter ${done}`, vote: done % 300 ? 'up' : 'down', comment })
  }
  await store.close()
}

/** Some forty words, of a thousand, in an order that no compressor guesses. */
function words(seed: number): string {
  let state = seed + 1
  const next = () => (state = (state * 48_271) % 2_147_483_647)
  return Array.from({ length: 40 }, () => (next() % 1_000).toString(36) + 'e').join(' ')
}
