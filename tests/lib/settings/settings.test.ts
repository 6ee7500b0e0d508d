// Tests lib/settings/
import { expect, test } from 'vitest'
import { readSettings, settingProblems } from '#lib/settings/settings.ts'
import { trustsEveryone } from '#lib/settings/trusted-proxies.ts'

test('without any variable there is one process on port 3000 of every address', () => {
  const { PORT, HOST, WEB_CONCURRENCY, SITE_URL, PROOF_OF_WORK } = readSettings({})
  expect({ PORT, HOST, WEB_CONCURRENCY, SITE_URL, PROOF_OF_WORK }).toEqual({
    PORT: 3000,
    HOST: undefined,
    WEB_CONCURRENCY: 1,
    SITE_URL: undefined,
    PROOF_OF_WORK: true,
  })
})

test('variables are read', () => {
  const environment = {
    NODE_ENV: 'test',
    PORT: '0',
    HOST: '127.0.0.1',
    WEB_CONCURRENCY: '4',
  } as const
  expect(readSettings(environment)).toMatchObject({
    PORT: 0,
    HOST: '127.0.0.1',
    WEB_CONCURRENCY: 4,
  })
})

test('all that is wrong is told at once, with what will do', () => {
  const environment = { NODE_ENV: 'test', PORT: '0x10', WEB_CONCURRENCY: '0.5' } as const
  expect(() => readSettings(environment)).toThrow(
    'PORT must be a whole number from 0 to 65535, found "0x10"; WEB_CONCURRENCY must be a whole number from 1 to 128, found "0.5"',
  )
})

test.each([
  ['::1', '::1'],
  ['[::1]', '::1'],
  ['[::]', '::'],
  ['[fe80::1%eth0]', 'fe80::1%eth0'],
  ['web_1.internal', 'web_1.internal'],
])('HOST may be %s', (written, HOST) => {
  expect(readSettings({ HOST: written })).toMatchObject({ HOST })
})

test.each([
  ['HOST', 'http://localhost'],
  ['HOST', '127.0.0.1:3000'],
  ['HOST', '[::1]:3000'],
  ['SITE_URL', 'https://example.org/story'],
  ['SITE_URL', 'https://example.org//'],
  ['SITE_URL', 'https://example.org/?utm=1'],
  ['SITE_URL', 'https://example.org?'],
  ['SITE_URL', 'https://example.org/#story'],
  ['SITE_URL', 'https:example.org'],
  ['SITE_URL', 'https://exa mple.org'],
  ['SITE_URL', 'https://example.org:99999'],
  ['SITE_URL', 'ftp://example.org'],
  ['SITE_URL', 'example.org'],
  ['TRUSTED_PROXIES', '10.0.0.0/8, nonsense'],
  ['VOTES_PER_MINUTE', 'many'],
  ['PROOF_OF_WORK', 'maybe'],
])('%s="%s" is refused by name', (name, value) => {
  expect(() => readSettings({ NODE_ENV: 'test', [name]: value })).toThrow(
    new RegExp(`^${name} must be .*found "${RegExp.escape(value)}"$`),
  )
})

test.each([
  ['https://example.org', 'https://example.org'],
  ['HTTPS://Example.ORG:443/', 'https://example.org'],
  ['http://EXAMPLE.org:80', 'http://example.org'],
  ['https://example.org:8443/', 'https://example.org:8443'],
  ['https://Bücher.Example/', 'https://xn--bcher-kva.example'],
  ['https://例子.example:443', 'https://xn--fsqu00a.example'],
  [' https://example.org\n', 'https://example.org'],
  ['http://[::1]:3000/', 'http://[::1]:3000'],
])('SITE_URL may be written %j', (written, SITE_URL) => {
  expect(readSettings({ SITE_URL: written }).SITE_URL).toBe(SITE_URL)
})

test.each([
  'https://ann:s3cret@example.org',
  'https://ann:s3cret@example.org/story?x',
  'https://s3cret@example.org',
  'ann:s3cret@example.org',
  'https://ann:s3cret＠example.org',
  'https://ann:s3cret%40example.org',
  'https://ann:s3cret@exa mple.org',
])('a password in SITE_URL is refused and not repeated: %s', (SITE_URL) => {
  expect(settingProblems({ SITE_URL, PORT: 'x' })).toEqual([
    expect.stringMatching(/^PORT must be/),
    'SITE_URL must not contain a user name or password; give only the site, such as https://example.org',
  ])
})

test('a webhook has an https address, or one of this machine, and a secret', () => {
  const read = (WEBHOOK_URL: string, WEBHOOK_SECRET = '0123456789abcdef') =>
    readSettings({ NODE_ENV: 'test', WEBHOOK_URL, WEBHOOK_SECRET }).webhook
  for (const url of ['https://example.org/a?b', 'http://localhost:1/', 'http://[::1]/'])
    expect(read(url)).toEqual({ url, secret: '0123456789abcdef' })
  expect(readSettings({ NODE_ENV: 'test' }).webhook).toBeUndefined()
  for (const url of ['http://example.org/', 'ftp://localhost/', 'http://10.0.0.1/', 'x'])
    expect(() => read(url)).toThrow(/^WEBHOOK_URL must be an https address/)
  expect(() => read('https://ann:pass@example.org/')).toThrow(
    /^WEBHOOK_URL must not contain a user/,
  )
  expect(() => read('https://example.org/', '')).toThrow(/^WEBHOOK_SECRET must be set/)
  expect(() => read('x', '')).toThrow(/^WEBHOOK_URL must .*; WEBHOOK_SECRET must be set/)
  expect(() => read('http://example.org/s3cret', 'short')).toThrow(
    /WEBHOOK_SECRET must have at least 16 characters/,
  )
  expect(() => read('http://example.org/s3cret', 'short')).not.toThrow(/s3cret|"short"/)
})

test('a secret for the feed that can be guessed is refused, and not repeated', () => {
  const read = (FEED_SECRET: string) => readSettings({ NODE_ENV: 'test', FEED_SECRET }).FEED_SECRET
  expect(read('0123456789abcdef')).toBe('0123456789abcdef')
  expect(read('')).toBeUndefined()
  expect(() => read('guess-me')).toThrow(/^FEED_SECRET must have at least 16 characters$/)
})

test('a proxy is trusted by address or range, and nobody without the variable', () => {
  const trusts = (proxies: string, address: string) =>
    readSettings({ NODE_ENV: 'test', TRUSTED_PROXIES: proxies }).trustsProxy(address, 0)
  expect(trusts('', '127.0.0.1')).toBe(false)
  expect(trusts('10.0.0.0/8, ::1', '10.1.2.3')).toBe(true)
  expect(trusts('10.0.0.0/8, ::1', '::1')).toBe(true)
  expect(trusts('10.0.0.0/8, ::1', '11.1.2.3')).toBe(false)
})

test('a setting that trusts everyone is told from others', () => {
  const tells = (proxies: string) =>
    trustsEveryone(readSettings({ NODE_ENV: 'test', TRUSTED_PROXIES: proxies }).trustsProxy)
  expect(['0.0.0.0/0', '10.0.0.1, ::/0', '10.0.0.0/8'].map(tells)).toEqual([true, true, false])
})

test('a password for the desk that is too short is refused, and not repeated', () => {
  const read = (password: string) =>
    readSettings({ NODE_ENV: 'test', MODERATOR_PASSWORD: password }).MODERATOR_PASSWORD
  expect(read('')).toBeUndefined()
  expect(read('twelve chars')).toBe('twelve chars')
  for (const short of ['hunter2-hun', '🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢'])
    expect(() => read(short)).toThrow(/^MODERATOR_PASSWORD must have at least 12 characters$/)
})

test('what a process may have of PostgreSQL is read, and every wrong number told', () => {
  const read = (change: object) => readSettings({ NODE_ENV: 'test', ...change }).postgres
  expect(read({})).toEqual({
    connections: 10,
    connectTimeout: 8_000,
    statementTimeout: 8_000,
    tls: { mode: undefined, rootCertificate: undefined },
  })
  expect(read({ DATABASE_STATEMENT_SECONDS: '0', PGSSLMODE: 'disable' })).toMatchObject({
    statementTimeout: 0,
    tls: { mode: 'disable' },
  })
  expect(() => read({ DATABASE_CONNECTIONS: '0', DATABASE_CONNECT_SECONDS: 'x' })).toThrow(
    /^DATABASE_CONNECTIONS must be .*; DATABASE_CONNECT_SECONDS must be/,
  )
})
