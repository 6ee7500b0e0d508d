import { expect, test } from 'vitest'
import { readSettings } from '#lib/settings.ts'

test('without any variable there is one process on port 3000 of every address', () => {
  expect(readSettings({ NODE_ENV: 'test' })).toEqual({ port: 3000, host: undefined, workers: 1 })
})

test('variables are read', () => {
  const environment = {
    NODE_ENV: 'test',
    PORT: '0',
    HOST: '127.0.0.1',
    WEB_CONCURRENCY: '4',
  } as const
  expect(readSettings(environment)).toEqual({ port: 0, host: '127.0.0.1', workers: 4 })
})

test('all that is wrong is told at once, with what will do', () => {
  const environment = { NODE_ENV: 'test', PORT: '0x10', WEB_CONCURRENCY: '0.5' } as const
  expect(() => readSettings(environment)).toThrow(
    'PORT must be a whole number from 0 to 65535, found "0x10"; WEB_CONCURRENCY must be a whole number from 1 to 128, found "0.5"',
  )
})
