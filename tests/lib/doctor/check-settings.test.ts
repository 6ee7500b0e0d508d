import { expect, test, vi } from 'vitest'
import {
  requireValidSettings,
  findMisspelledSettings,
  VARIABLES,
} from '#lib/doctor/check-settings.ts'
import { makeEnvExample } from '#lib/settings/env-example.ts'

test('.env.example is made from the variables that are read; "vitest -u" brings it up to date', async () => {
  await expect(makeEnvExample(VARIABLES)).toMatchFileSnapshot('../../../.env.example')
})

test('all that is wrong is told at once, of the store and of secrets as well', () => {
  for (const [name, value] of [
    ['PORT', 'x'],
    ['READER_SECRET', 'short'],
    ['DATABASE_URL', 'mysql://user:secret@host'],
  ] as const)
    vi.stubEnv(name, value)
  expect(requireValidSettings).toThrow(
    /^PORT must be .*; READER_SECRET must have at least 32 characters; DATABASE_URL must be file: /,
  )
  expect(requireValidSettings).not.toThrow(/mysql|short/)
  vi.unstubAllEnvs()
})

test.each([
  ['postgres://user:secret@host/db?sslmode=sideways', /DATABASE_URL: sslmode must be verify-full/],
  ['postgres://user:secret@host/db?sslrootcert=/none', /DATABASE_URL: sslrootcert names a file/],
  ['postgres://user:secret#1@host/db', /DATABASE_URL: the address cannot be read; .*# as %23/],
  ['postgres://user:secret@host:99999/db', /; the port must be from 0 to 65535$/],
  ['file://elsewhere/secret.db', /DATABASE_URL must be file: with a path/],
  ['file:///secret%', /DATABASE_URL must be file: with a path/],
])('an address of a store that cannot be used is told with the rest: %s', (url, told) => {
  vi.stubEnv('PORT', 'x')
  vi.stubEnv('DATABASE_URL', url)
  expect(requireValidSettings).toThrow(/^PORT must be/)
  expect(requireValidSettings).toThrow(told)
  expect(requireValidSettings).not.toThrow(/secret/)
  vi.unstubAllEnvs()
})

test('one that can be is none', () => {
  for (const url of [
    'postgres://u:p%23@host:5432/db',
    'postgresql://u@/db?host=/run/postgresql',
    'file:data/100%.db',
    'file:///srv/broadside.db',
  ]) {
    vi.stubEnv('DATABASE_URL', url)
    expect(requireValidSettings).not.toThrow()
  }
  vi.unstubAllEnvs()
})

test('a name that is nearly one of ours is told with the one that was meant', () => {
  expect(
    findMisspelledSettings(['VOTE_PER_MINUTE', 'site-url', 'TRUSTED_PROXY', 'DATABASE_URI']),
  ).toEqual([
    'VOTE_PER_MINUTE is not a setting; did you mean VOTES_PER_MINUTE?',
    'site-url is not a setting; did you mean SITE_URL?',
    'TRUSTED_PROXY is not a setting; did you mean TRUSTED_PROXIES?',
    'DATABASE_URI is not a setting; did you mean DATABASE_URL?',
  ])
})

test('other programs’ variables, and our own, are no slips', () => {
  const others = ['HOME', 'PATH', 'SHELL', 'USER', 'LANG', 'TERM', 'HOSTNAME', 'NODE_ENV', 'CI']
  expect(findMisspelledSettings([...others, 'POSTGRES_PASSWORD', 'npm_config_prefix'])).toEqual([])
  expect(findMisspelledSettings(Object.keys(VARIABLES))).toEqual([])
})
