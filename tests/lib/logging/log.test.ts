import { expect, test } from 'vitest'
import { openDestination } from '#lib/logging/log.ts'

test('lines that a full disk does not take wait in bounded memory', () => {
  const destination = openDestination({ dest: '/dev/full' })
  let dropped = 0
  destination.on('drop', () => dropped++)
  for (let line = 0; line < 200; line++) destination.write('x'.repeat(10_000))
  expect(dropped).toBe(100)
})
