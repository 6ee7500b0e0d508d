import { expect, test } from 'vitest'
import { ownTurn } from '#lib/own-turn.ts'

test('pieces of work begin in their order, each in a turn of its own', async () => {
  const seen: (number | string)[] = []
  let over = false
  const watch = () => {
    seen.push('turn')
    if (!over) setImmediate(watch)
  }
  setImmediate(watch)
  await Promise.all([1, 2, 3].map((piece) => ownTurn().then(() => seen.push(piece))))
  over = true
  const pieces = seen.filter((entry) => entry !== 'turn')
  expect(pieces).toEqual([1, 2, 3])
  for (const [one, next] of [
    [1, 2],
    [2, 3],
  ])
    expect(seen.slice(seen.indexOf(one!), seen.indexOf(next!))).toContain('turn')
})
