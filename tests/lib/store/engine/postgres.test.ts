import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { dataContract } from '#tests/lib/store/data-contract.ts'
import { storeContract } from '#tests/lib/store/contract.ts'
import { conversationContract } from '#tests/lib/store/conversation.ts'
import { makePostgres, makeMigratedPostgres } from '#tests/support/stores.ts'

/** All that the suites below send, migrations too. */
const sent = new Set<string>()
const send = pg.Client.prototype.query
beforeEach(() => {
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...values: unknown[]
  ) {
    if (typeof values[0] === 'string') sent.add(values[0])
    return send.apply(this, values as never)
  })
})
afterAll(() => sent.clear())

storeContract('PostgreSQL', makeMigratedPostgres, () => makePostgres())
conversationContract('PostgreSQL', makeMigratedPostgres)
dataContract('PostgreSQL', makeMigratedPostgres)

/** What PostgreSQL 14 does not know, or CockroachDB, YugabyteDB or Citus. */
const FOREIGN: Record<string, RegExp> = {
  'notifications, which one server hears': /\b(un)?listen\b|\bnotify\b/,
  'advisory locks': /advisory/,
  'types and extensions of our own': /create (type|domain|extension|function|trigger|rule)|\bdo \$/,
  'rows by their place': /\b(ctid|xmin|xmax|tableoid)\b/,
  'inheritance and unlogged tables': /\binherits\b|unlogged|tablespace/,
  'locks weaker than an update': /for (no key update|key share)/,
  'temporary tables': /create temp/,
  'constraints that wait': /deferrable|exclude using/,
  'PostgreSQL 15 and later':
    /\bmerge into\b|nulls not distinct|any_value|random_normal|json_(table|value|query|exists)|is json|uuidv7|returning (old|new)\.|\bvirtual\b|array_(sample|shuffle)|regexp_(count|like|instr|substr)/,
}

test('every statement is one that PostgreSQL 14 and those distributed ones know', () => {
  expect(sent.size).toBeGreaterThan(150)
  const all = [...sent].map((statement) => statement.toLowerCase())
  for (const [what, pattern] of Object.entries(FOREIGN))
    expect(
      all.filter((statement) => pattern.test(statement)),
      what,
    ).toEqual([])
  // The one table lock is an import's, which does without where it is not known.
  const locks = all.filter((statement) => /\block table\b/.test(statement))
  expect(locks).toEqual(['lock table quotas, votes, comments, reports, tally in exclusive mode'])
})

test('nor does any other statement of the store hold what they do not know', () => {
  const folder = new URL('../../../../lib/store/', import.meta.url)
  const files = readdirSync(folder, { recursive: true }).map(String)
  const all = files
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(new URL(name, folder), 'utf8').matchAll(/sql(?:<[^`]*?>)?`([^`]*)`/g),
    ])
    .map(([, statement]) => statement!.toLowerCase())
  expect(all.length).toBeGreaterThan(60)
  for (const [what, pattern] of Object.entries(FOREIGN))
    expect(
      all.filter((statement) => pattern.test(statement)),
      what,
    ).toEqual([])
})
