import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { backupSqlite } from '#lib/store/engine/backup-sqlite.ts'
import { batched, sharedInTurn } from '#lib/store/engine/batch.ts'
import { readChanged, readVersions } from '#lib/store/comments/changes.ts'
import { addComments, type NewComment } from '#lib/store/comments/add.ts'
import { type Copied, copyRows, type Side } from '#lib/store/transfer/copy.ts'
import { claimDelivery, endDelivery, postponeDelivery } from '#lib/store/webhook-queue.ts'
import { type Edit, editComment } from '#lib/store/comments/edit.ts'
import { eraseReader, readerOf } from '#lib/store/comments/erase.ts'
import { exportRecords } from '#lib/store/transfer/export.ts'
import { importRecords, type Incoming } from '#lib/store/transfer/import.ts'
import { findPending } from '#lib/store/engine/migrate.ts'
import { type Position, readComment, readComments, readNewest } from '#lib/store/comments/pages.ts'
import {
  connectPostgres,
  openPostgres,
  type PostgresOptions,
  readAddress,
} from '#lib/store/engine/postgres.ts'
import type { DataRecord } from '#lib/records.ts'
import type { Status } from '#lib/comments/comment.ts'
import { log } from '#lib/logging/log.ts'
import type { Limits } from '#lib/settings/limits.ts'
import type { CommentState } from '#lib/moderation/moderation.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { readActs, readLastBatch } from '#lib/store/audit-log.ts'
import { addBan, liftBan, type NewBan, readBans } from '#lib/store/limits/bans.ts'
import { decide, type NewDecision, undo } from '#lib/store/moderation/decisions.ts'
import {
  changeWords,
  readDeskSettings,
  setCommentState,
  type WordChange,
} from '#lib/store/moderation/settings.ts'
import { readDeskComment, readQueue } from '#lib/store/moderation/queue.ts'
import { addReport, type NewReport } from '#lib/store/comments/reports.ts'
import { type Restored, restoreSqlite } from '#lib/store/transfer/restore-sqlite.ts'
import {
  describePostgres,
  describeSqlite,
  isPostgresStore,
  isSqliteStore,
  type StoreDescription,
} from '#lib/store/engine/describe.ts'
import type { Database, Engine } from '#lib/store/engine/schema.ts'
import { setStatus } from '#lib/store/comments/status.ts'
import { readTotals } from '#lib/store/counts/totals.ts'
import { tidy } from '#lib/store/expire.ts'
import { isUnguarded } from '#lib/store/engine/postgres-tls.ts'
import { remedyOf } from '#lib/store/engine/error-hints.ts'
import { readSecret } from '#lib/store/engine/secrets.ts'
import {
  addSession,
  endSession,
  readSession,
  type Session,
  trySignIn,
} from '#lib/store/moderation/sessions.ts'
import { openSqlite, readSqlite } from '#lib/store/engine/sqlite.ts'
import { told } from '#lib/store/engine/told.ts'
import { countViews, type NewView, readViews } from '#lib/store/counts/views.ts'
import { readWaiting } from '#lib/store/moderation/waiting.ts'
import { type NewVote, readTally, setVotes } from '#lib/store/counts/votes.ts'

export type { Copied } from '#lib/store/transfer/copy.ts'
export type { StoreDescription } from '#lib/store/engine/describe.ts'
export { waitingWrites } from '#lib/store/engine/batch.ts'
export type { Version } from '#lib/store/comments/changes.ts'
export type { NewComment } from '#lib/store/comments/add.ts'
export type { Decided } from '#lib/store/moderation/decisions.ts'
export type { Position } from '#lib/store/comments/pages.ts'
export type { Delivery } from '#lib/store/webhook-queue.ts'
export type { Incoming } from '#lib/store/transfer/import.ts'
export type { ImportReport } from '#lib/store/transfer/import-report.ts'
export type { Waiting } from '#lib/store/moderation/waiting.ts'
export { isUnavailable } from '#lib/store/engine/unavailable.ts'

const DEFAULT_URL = 'file:data/broadside.db'

export type Store = ReturnType<typeof createStore>

/** Shares one store a process: under `next start`, each of Next's bundles has this module. */
const shared = globalThis as { [key: symbol]: Promise<Store> | undefined }
const SHARED = Symbol.for('broadside.store')

/** The process's store, opened at the first call. A failed opening is tried again at the next. */
export function getStore(): Promise<Store> {
  const open = shared[SHARED]
  if (open) return open
  const store = openStore()
  shared[SHARED] = store
  store.catch(() => {
    if (shared[SHARED] === store) shared[SHARED] = undefined
  })
  return store
}

/** Closes the process's store, if it was opened; the next `getStore` opens it anew. */
export async function closeStore(): Promise<void> {
  const store = shared[SHARED]
  shared[SHARED] = undefined
  await (await store?.catch(() => undefined))?.close()
}

/**
 * For what needs a store that is there: at a mistyped address it would make an empty one, and seem to
 * have done what was asked.
 *
 * @throws where there is none
 */
export async function requireStore(): Promise<void> {
  const url = databaseUrl()
  const engine = engineOf(url)
  const isThere = await (
    engine === 'postgres'
      ? isPostgresStore(url, getSettings().postgres)
      : isSqliteStore(filePath(url))
  ).catch((cause) => Promise.reject(notOpened(engine, cause)))
  if (!isThere)
    throw new Error(
      `DATABASE_URL: there is no store at that address (${DEFAULT_URL} when it is not set); check it, or start the site once, which makes one`,
    )
}

/** Copies the SQLite store while it is used; answers with where the copy is. */
export async function backupStore(target?: string): Promise<string> {
  const path = sqlitePath()
  await requireStore()
  return backupSqlite(path, target)
}

/** Puts a copy in the SQLite store's place, which nobody may be using. */
export async function restoreStore(source: string): Promise<Restored> {
  return restoreSqlite(sqlitePath(), source)
}

/** Copies all there is in a store, which is only read, to an empty one; addresses as `openStore` has them. */
export async function copyStore(
  from: string,
  to: string,
  options = getSettings().postgres,
): Promise<Copied> {
  // Reading a table as a whole takes longer than a reader would wait.
  const patient = { ...options, statementTime: 0 }
  const sides: Side[] = []
  try {
    const source = await named('--from', () => openSource(from, patient))
    sides.push(source)
    const target = await named('--to', async (): Promise<Side> => {
      const engine = engineOf(to)
      const open = engine === 'postgres' ? openPostgres(to, patient) : openSqlite(filePath(to))
      return { db: await open, engine }
    })
    sides.push(target)
    return await named('--to', () => copyRows(source, target))
  } finally {
    await Promise.all(sides.map(({ db }) => db.destroy()))
  }
}

async function openSource(url: string, options: PostgresOptions): Promise<Side> {
  const engine = engineOf(url)
  if (engine === 'sqlite' && !existsSync(filePath(url))) throw new Error('there is no such file')
  const db = engine === 'postgres' ? connectPostgres(url, options) : readSqlite(filePath(url))
  try {
    const pending = await findPending(db, engine)
    if (pending.length > 0)
      throw new Error('it is no store of this version; start Broadside on it once before')
    return { db, engine }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** The address may hold a password: it is told which one it is. */
async function named<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (cause) {
    const reason = reasonOf(cause).replace(/^DATABASE_URL/, 'the address')
    throw new Error(`${name}: ${reason}`, { cause })
  }
}

/**
 * @param url `file:` and a path, or `postgres://…`; see `.env.example`.
 * @param tells whether a webhook is to be told of what waits
 */
export async function openStore(
  url = databaseUrl(),
  limits = getSettings().limits,
  tells = getSettings().webhook !== undefined,
  options = getSettings().postgres,
): Promise<Store> {
  const engine = engineOf(url)
  try {
    if (engine === 'postgres' && isUnguarded(url, options.tls))
      log.warn(
        'DATABASE_URL leads to another machine without TLS: add ?sslmode=verify-full, or =disable',
      )
    const db = await (engine === 'postgres'
      ? openPostgres(url, options)
      : openSqlite(filePath(url), (copy) =>
          log.info(`The store is brought up to date; as it was before, it is ${copy}`),
        ))
    await tidy(db)
    return createStore(db, engine, limits, tells)
  } catch (cause) {
    throw notOpened(engine, cause)
  }
}

/** The address may hold a password, so it is not repeated. */
function notOpened(engine: Engine, cause: unknown): Error {
  const name = engine === 'postgres' ? 'PostgreSQL' : 'the SQLite file'
  return new Error(`DATABASE_URL: ${name} cannot be opened: ${reasonOf(cause)}`, { cause })
}

function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException
  return `${message || code}${remedyOf(error)}`
}

/** The store's environment variable; `storeProblems` checks its value. */
export const STORE_VARIABLES = {
  DATABASE_URL: z
    .string()
    .describe(
      'Where votes and comments are kept: file: with the path of a SQLite file, which is made at the first start, or any PostgreSQL, such as\n' +
        '  postgres://user:password@localhost:5432/broadside?sslmode=verify-full\n' +
        'With sslmode=verify-full (or require, the same) the connection is encrypted and the server’s certificate checked; with &sslrootcert=FILE, against that authority. verify-ca does not check the name in the certificate, no-verify checks nothing, disable does not encrypt.',
    )
    .prefault(DEFAULT_URL),
}

/** What is wrong with them, a sentence each. */
export function storeProblems(): string[] {
  const { PGSSLMODE: mode, PGSSLROOTCERT: rootCertificate } = process.env
  try {
    const url = databaseUrl()
    if (engineOf(url) === 'postgres') readAddress(url, { mode, rootCertificate })
    return []
  } catch (error) {
    const { message } = error as Error
    return [message.startsWith('DATABASE_URL') ? message : `DATABASE_URL: ${message}`]
  }
}

/** What the store is, and the secret of this name: nothing in it is changed, nor is it made. */
export async function describeStore(secret: string): Promise<StoreDescription> {
  const url = databaseUrl()
  const engine = engineOf(url)
  try {
    return engine === 'postgres'
      ? await describePostgres(url, getSettings().postgres, secret)
      : await describeSqlite(filePath(url), secret)
  } catch (cause) {
    throw notOpened(engine, cause)
  }
}

function databaseUrl(): string {
  return process.env.DATABASE_URL || DEFAULT_URL
}

function sqlitePath(): string {
  const url = databaseUrl()
  if (engineOf(url) === 'sqlite') return filePath(url)
  throw new Error('the data is in PostgreSQL: copy it with pg_dump, bring it back with pg_restore')
}

function engineOf(url: string): Engine {
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres'
  if (url.startsWith('file:') && isPath(url)) return 'sqlite'
  throw new Error('DATABASE_URL must be file: with a path, or postgres:// with a server')
}

function isPath(url: string): boolean {
  try {
    return filePath(url) !== ''
  } catch {
    return false
  }
}

function filePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
}

/** Asks for each secret once; of those that change, only the last is kept. */
function keepSecrets(read: (name: string, day?: number) => Promise<string>): typeof read {
  const kept = new Map<string, { day: number | undefined; secret: string }>()
  return async (name, day) => {
    const known = kept.get(name)
    if (known && known.day === day) return known.secret
    const secret = await read(name, day)
    kept.set(name, { day, secret })
    return secret
  }
}

/** How often what has expired is deleted, in milliseconds. */
const TIDYING = 10 * 60 * 1_000

/** Writes that share a commit, and are told of by their kind. */
function counted<Input, Output>(kind: string, write: (inputs: Input[]) => Promise<Output[]>) {
  return batched(told(kind, write), kind)
}

/** A write that nothing shares its commit with, told of as well. */
function alone<Input, Output>(kind: string, write: (input: Input) => Promise<Output>) {
  const writeAll = told(kind, async ([input]: Input[]) => [await write(input!)])
  return async (input: Input) => (await writeAll([input]))[0] as Output
}

function createStore(db: Kysely<Database>, engine: Engine, limits: Limits, tells: boolean) {
  const deskSettings = sharedInTurn(() => readDeskSettings(db))
  const tidying = setInterval(() => tidy(db).catch((error) => log.error(error)), TIDYING).unref()
  return {
    readTotals: () => readTotals(db),
    readTally: (reader?: string) => readTally(db, reader),
    setVote: counted('vote', (votes: NewVote[]) => setVotes(db, votes, limits)),
    readComments: (position?: Position, reader?: string) => readComments(db, position, reader),
    readComment: (id: string, reader?: string) => readComment(db, id, reader),
    addComment: counted('comment', (comments: NewComment[]) =>
      addComments(db, comments, limits, tells),
    ),
    editComment: alone('edit', (edit: Edit) => editComment(db, edit, limits, tells)),
    addReport: alone('report', (report: NewReport) => addReport(db, report, limits, tells)),
    readVersions: (after: number, most: number) => readVersions(db, after, most),
    readChanged: (ids: string[]) => readChanged(db, ids),
    claimDelivery: (milliseconds: number) => claimDelivery(db, milliseconds),
    postponeDelivery: (id: string, dueAt: number) => postponeDelivery(db, id, dueAt),
    endDelivery: (id: string) => endDelivery(db, id),
    readWaiting: (most: number) => readWaiting(db, most),
    readNewest: () => readNewest(db),
    eraseReader: (reader: string, moderator?: string) => eraseReader(db, reader, moderator),
    readerOf: (comment: string) => readerOf(db, comment),
    exportRecords: (write: (records: DataRecord[]) => Promise<void>) =>
      exportRecords(db, engine, write),
    importRecords: (records: AsyncIterable<Incoming>, options?: { dryRun?: boolean }) =>
      importRecords(db, engine, records, options),
    setStatus: (id: string, status: Status) => setStatus(db, id, status),
    readQueue: (after?: string) => readQueue(db, after),
    readDeskComment: (id: string) => readDeskComment(db, id),
    decide: alone('decision', (decision: NewDecision) => decide(db, decision)),
    undo: (batch: string, moderator: string) => undo(db, batch, moderator),
    readActs: (before?: string) => readActs(db, before),
    readLastBatch: (moderator?: string) => readLastBatch(db, moderator),
    addBan: (ban: NewBan) => addBan(db, ban),
    liftBan: (id: string, moderator: string) => liftBan(db, id, moderator),
    readBans: () => readBans(db),
    readDeskSettings: deskSettings.read,
    setCommentState: (state: CommentState, moderator: string) =>
      setCommentState(db, state, moderator).finally(deskSettings.forget),
    changeWords: (change: WordChange, moderator: string) =>
      changeWords(db, change, moderator).finally(deskSettings.forget),
    trySignIn: (network: string) => trySignIn(db, network, limits),
    addSession: (session: Session) => addSession(db, session),
    readSession: (id: string) => readSession(db, id),
    endSession: (id: string) => endSession(db, id),
    readViews: () => readViews(db),
    countView: counted('view', (views: NewView[]) => countViews(db, views, limits)),
    readSecret: keepSecrets((name, day) => readSecret(db, name, day)),
    /** Answers when the data can be read, else throws what is wrong. */
    check: async () => void (await sql`select 1 from tally`.execute(db)),
    /** Deletes what has expired; this is done by itself every ten minutes. */
    tidy: () => tidy(db),
    close: () => {
      clearInterval(tidying)
      return db.destroy()
    },
  }
}
