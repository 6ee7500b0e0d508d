import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openStore } from '#lib/store/index.ts'
import { isUnencrypted, readTls, type TlsDefaults } from '#lib/store/engine/postgres-tls.ts'
import { makePostgres } from '#tests/support/stores.ts'

const FILES = new URL('certificates/', import.meta.url).pathname
const AUTHORITY = `${FILES}authority.pem`
const nothing: TlsDefaults = { mode: undefined, rootCertificate: undefined }
const read = (query: string, defaults = nothing) =>
  readTls(`postgres://user:secret@host:5432/db${query}`, defaults)

test('what the address says of TLS counts, else what the variables say', () => {
  expect(read('').ssl).toBe(false)
  expect(read('?sslmode=disable').ssl).toBe(false)
  expect(read('', { mode: 'verify-full', rootCertificate: undefined }).ssl).toEqual({})
  expect(read('?sslmode=disable', { mode: 'require', rootCertificate: undefined }).ssl).toBe(false)
  expect(read('', { mode: undefined, rootCertificate: AUTHORITY }).ssl).toEqual({
    ca: readFileSync(AUTHORITY, 'utf8'),
  })
  expect(read('?sslmode=verify-full&sslrootcert=system').ssl).toEqual({})
})

test('"require" checks whom it talks to, and only "no-verify" does not', () => {
  expect(read('?sslmode=require').ssl).toEqual({})
  expect(read('?sslmode=no-verify').ssl).toEqual({ rejectUnauthorized: false })
})

test('the rest of the address stays as it is', () => {
  const { connectionString } = read('?sslmode=require&application_name=x&sslrootcert=system')
  expect(connectionString).toBe('postgres://user:secret@host:5432/db?application_name=x')
  expect(read('').connectionString).toBe('postgres://user:secret@host:5432/db')
})

test.each([
  ['?sslmode=prefer', /^sslmode must be verify-full/],
  ['?sslmode=allow', /^sslmode must be/],
  ['?sslmode=verify-ca', /needs the authority’s certificate: sslrootcert=FILE$/],
  [
    '?sslmode=require&sslrootcert=/none',
    /^sslrootcert names a file that cannot be read \(ENOENT\)$/,
  ],
])('%s is refused with the remedy', (query, message) => {
  expect(() => read(query)).toThrow(message)
})

test('an address of another machine that says nothing of TLS is told from others', () => {
  const tells = (url: string) => isUnencrypted(url, nothing)
  expect(tells('postgres://user:p@db.example.org/x')).toBe(true)
  expect(tells('postgres://10.0.0.2:5432/x')).toBe(true)
  for (const guarded of [
    'postgres://user:p@db.example.org/x?sslmode=disable',
    'postgres://user:p@localhost:5432/x',
    'postgres://127.0.0.1/x',
    'postgres://user:p@[::1]:5432/x',
    'postgres://user@/x?host=/run/postgresql',
  ])
    expect(tells(guarded), guarded).toBe(false)
})

describe('a server that speaks TLS', () => {
  let place: Awaited<ReturnType<typeof makePostgres>>
  let port: number
  /** Speaks TLS to the store, and plainly to PostgreSQL behind. */
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('S')
      void forward(socket)
    })
  })
  const forward = async (socket: Socket) => {
    const { connect } = await import('node:net')
    const key = readFileSync(`${FILES}server.key`)
    const cert = readFileSync(`${FILES}server.pem`)
    const secure = new TLSSocket(socket, { isServer: true, key, cert })
    const behind = connect(Number(new URL(inject('postgres')).port), '127.0.0.1')
    for (const end of [secure, behind]) end.on('error', () => {})
    secure.pipe(behind).pipe(secure)
  }
  beforeAll(async () => {
    place = await makePostgres()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as { port: number }).port
  })
  afterAll(async () => {
    server.close()
    await place.remove()
  })
  const open = (host: string, query: string) => {
    const { pathname } = new URL(place.url)
    return openStore(`postgres://broadside:broadside@${host}:${port}${pathname}${query}`)
  }

  test.each([
    ['localhost', `?sslmode=verify-full&sslrootcert=${AUTHORITY}`],
    ['localhost', `?sslmode=require&sslrootcert=${AUTHORITY}`],
    ['127.0.0.1', `?sslmode=verify-ca&sslrootcert=${AUTHORITY}`],
    ['127.0.0.1', '?sslmode=no-verify'],
  ])('%s is reached with %s', async (host, query) => {
    const store = await open(host, query)
    expect(await store.readTally()).toMatchObject({ up: 0 })
    await store.close()
  })

  test.each([
    ['localhost', '?sslmode=require', /certificate.*; set sslrootcert=FILE to the certificate/],
    ['127.0.0.1', `?sslmode=verify-full&sslrootcert=${AUTHORITY}`, /does not match .*verify-ca/],
  ])('%s is refused with %s, and the remedy told', async (host, query, message) => {
    const refused = open(host, query)
    await expect(refused).rejects.toThrow(message)
    await expect(refused).rejects.not.toThrow(/broadside:broadside/)
  })

  test('a server without TLS is refused where TLS is asked for', async () => {
    await expect(openStore(`${place.url}?sslmode=require`)).rejects.toThrow(
      /does not support SSL connections; turn it on at the server/,
    )
  })
})
