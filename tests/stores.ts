import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'

/** A place for a store that nothing else uses; `remove` takes it away. */
export type Place = { url: string; remove: () => Promise<void> }

export async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-'))
  return {
    url: `file:${join(folder, 'broadside.db')}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export async function postgresPlace(): Promise<Place> {
  const server = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(server, `create database ${name}`)
  return {
    url: `${server}/${name}`,
    remove: () => administer(server, `drop database ${name} with (force)`),
  }
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client(`${server}/postgres`)
  await client.connect()
  await client.query(statement)
  await client.end()
}
