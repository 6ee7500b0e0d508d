import { expect, test } from 'vitest'
import { batched, sharedInTurn } from '#lib/store/engine/batch.ts'

test('what arrives together is written together, and each gets its own answer', async () => {
  const batches: number[][] = []
  const double = batched(async (inputs: number[]) => {
    batches.push(inputs)
    return inputs.map((input) => 2 * input)
  })
  expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6])
  expect(await double(4)).toBe(8)
  expect(batches).toEqual([[1, 2, 3], [4]])
})

test('what arrives while a batch is written goes with the next', async () => {
  const batches: number[][] = []
  const gate = Promise.withResolvers<void>()
  const write = batched(async (inputs: number[]) => {
    batches.push(inputs)
    await gate.promise
    return inputs
  })
  const first = write(1)
  await new Promise(setImmediate)
  const rest = [write(2), write(3)]
  gate.resolve()
  await Promise.all([first, ...rest])
  expect(batches).toEqual([[1], [2, 3]])
})

test('who comes alone waits for nobody, several let those of the next turn go along', async () => {
  const batches: number[][] = []
  const write = batched(async (inputs: number[]) => {
    batches.push(inputs)
    return inputs
  })
  const alone = write(1)
  await new Promise(setImmediate)
  expect(batches).toEqual([[1]])
  await alone
  const several = [write(2), write(3)]
  await new Promise(setImmediate)
  await Promise.all([...several, write(4)])
  expect(batches).toEqual([[1], [2, 3, 4]])
})

test('one that is wrong fails alone', async () => {
  const write = batched(async (inputs: number[]) => {
    if (inputs.includes(2)) throw new Error('two')
    return inputs
  })
  const answers = await Promise.allSettled([write(1), write(2), write(3)])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('a batch is never larger than one statement can carry', async () => {
  const sizes: number[] = []
  const write = batched(async (inputs: number[]) => {
    sizes.push(inputs.length)
    return inputs
  })
  await Promise.all(Array.from({ length: 1200 }, (_, i) => write(i)))
  expect(sizes).toEqual([500, 500, 200])
})

test('where the store is in trouble all fail at once, and the next are tried again', async () => {
  let tries = 0
  let locked = true
  const write = batched(async (inputs: number[]) => {
    tries++
    if (locked) throw Object.assign(new Error('database is locked'), { errcode: 5 })
    return inputs
  })
  const answers = await Promise.allSettled([write(1), write(2), write(3)])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(tries).toBe(1)
  locked = false
  expect(await write(4)).toBe(4)
})

test('who asks in one turn shares one answer, who asks in the next, or after a write, is told anew', async () => {
  let reads = 0
  const { read, forget } = sharedInTurn(async () => ++reads)
  expect(await Promise.all([read(), read()])).toEqual([1, 1])
  await new Promise(setImmediate)
  expect(await read()).toBe(2)
  forget()
  expect(await read()).toBe(3)
})

test('where a read fails it fails for all who shared it, and the next is tried again', async () => {
  let inTrouble = true
  const { read } = sharedInTurn(async () => {
    if (inTrouble) throw new Error('database is locked')
    return 'read'
  })
  const answers = await Promise.allSettled([read(), read()])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  inTrouble = false
  await new Promise(setImmediate)
  expect(await read()).toBe('read')
})
