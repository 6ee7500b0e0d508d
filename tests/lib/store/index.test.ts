// Tests lib/store/
import { expect, test } from 'vitest'
import { openStore } from '#lib/store/index.ts'

test('an address of no known engine is refused without repeating it', async () => {
  const url = 'mysql://user:secret@host/db'
  await expect(openStore(url)).rejects.toThrow(
    'DATABASE_URL must be file: with a path, or postgres:// with a server',
  )
  await expect(openStore(url)).rejects.not.toThrow(/secret/)
})

test('a path that is left out is told', async () => {
  await expect(openStore('file:')).rejects.toThrow('DATABASE_URL must be file: with a path')
})

test('a store that cannot be opened is told by the variable, without the password', async () => {
  await expect(openStore('file:/dev/null/x.db')).rejects.toThrow(/^DATABASE_URL: the SQLite file/)
  const refused = openStore('postgres://user:secret@127.0.0.1:1/db')
  await expect(refused).rejects.toThrow(
    /^DATABASE_URL: PostgreSQL cannot be opened: .*ECONNREFUSED.*; check that the database is running/,
  )
  await expect(refused).rejects.not.toThrow(/secret/)
})
