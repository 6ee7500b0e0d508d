import { expect, test } from 'vitest'
import { openStore } from '#lib/store/index.ts'

test('an address of no known engine is refused without repeating it', async () => {
  const url = 'mysql://user:secret@host/db'
  await expect(openStore(url)).rejects.toThrow('DATABASE_URL must begin with file: or postgres://')
  await expect(openStore(url)).rejects.not.toThrow(/secret/)
})
