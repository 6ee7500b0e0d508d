import { expect, test, vi } from 'vitest'
import { validate, version } from 'uuid'
import { newUuid } from '#lib/browser/uuid.ts'

test.each([
  ['over https', crypto.randomUUID.bind(crypto)],
  ['over plain http', undefined],
])('a key is a random UUID %s', (_, randomUUID) => {
  const getRandomValues = crypto.getRandomValues.bind(crypto)
  vi.stubGlobal('crypto', { randomUUID, getRandomValues })
  const keys = Array.from({ length: 1_000 }, newUuid)
  vi.unstubAllGlobals()
  expect(keys.every((key) => validate(key) && version(key) === 4)).toBe(true)
  expect(new Set(keys).size).toBe(1_000)
})
