import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { statfs, stat } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { type ConnectionReport, DOCTOR_SECRET } from '#lib/doctor/connection-report.ts'
import { findMisspelledSettings, allSettingProblems } from '#lib/doctor/check-settings.ts'
import { reasonToBuild } from '#lib/publishing/builds.ts'
import { getSettings, type Settings } from '#lib/settings/settings.ts'
import { openFileLimit } from '#lib/server/open-files.ts'
import { trustsEveryone } from '#lib/settings/trusted-proxies.ts'
import { describeStore, type StoreDescription } from '#lib/store/maintenance.ts'

/** The result of a check; `message` is a sentence, with what to do unless all is well. */
export type Finding = { state: 'ok' | 'warn' | 'fail'; message: string }

const MIN_NODE = 26
const DOCUMENT = '.next/documents/index.html'
const SERVER = '.next/server-bundle/server.mjs'
/** Free bytes of a disk below which the doctor warns. */
const MIN_FREE_BYTES = 1_000_000_000
/** Most milliseconds between two clocks: forms and limits depend on the time, across instances. */
const MAX_CLOCK_OFFSET = 2_000
/** Milliseconds. */
const REQUEST_TIMEOUT = 5_000

/** Numbers of file systems over a network, where SQLite is not safe: https://man7.org/linux/man-pages/man2/statfs.2.html */
const NETWORK_FILE_SYSTEMS: Record<number, string> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x65735546: 'FUSE',
}

/**
 * Checks everything that a host can get wrong; changes nothing.
 *
 * @param hasFile whether there is a file `.env`, which is loaded already
 */
export async function* diagnose(hasFile: boolean): AsyncGenerator<Finding> {
  yield checkNode(process.versions.node)
  yield checkBuild()
  const problems = allSettingProblems()
  for (const problem of problems) yield fail(problem)
  for (const problem of findMisspelledSettings(Object.keys(process.env))) yield warn(problem)
  // Other checks need the settings.
  if (problems.length > 0) return
  const where = hasFile ? 'the environment and .env' : 'the environment'
  yield ok(`The settings in ${where} are valid.`)
  if (hasFile) yield* checkPrivacy('.env')
  const settings = getSettings()
  yield* checkSettings(settings)
  yield* checkOpenFiles(settings, openFileLimit())
  const store = yield* checkStore(settings)
  yield* checkPort(settings, store?.tables === 'missing')
  // The site reports connections only to a caller that knows its store's secret.
  if (store?.tables === 'current') yield* checkSite(settings, store.secret)
}

/** Checks the version of Node, such as 26.10.0. */
export function checkNode(version: string): Finding {
  if (Number.parseInt(version) >= MIN_NODE) return ok(`Node ${version} is recent enough.`)
  return fail(
    `Node ${version} is too old: run "npm ci", then "npm start", which uses the included Node ${MIN_NODE}.`,
  )
}

function checkBuild(): Finding {
  if (!existsSync(DOCUMENT) || !existsSync(SERVER))
    return fail('The site is not built: run "npm run build".')
  const reason = reasonToBuild()
  if (reason === undefined) return ok('The build is up to date with content/.')
  return warn(`${reason} since the site was built: run "npm run build", then restart it.`)
}

function* checkSettings(settings: Settings): Generator<Finding> {
  const { READER_SECRET, MODERATOR_PASSWORD, METRICS_SECRET, SITE_URL } = settings
  yield READER_SECRET
    ? ok('READER_SECRET signs readers’ cookies.')
    : ok('Readers’ cookies are signed with a secret stored in the database.')
  yield MODERATOR_PASSWORD
    ? ok('Moderation is on, at /moderation.')
    : warn('Moderation is off: set MODERATOR_PASSWORD to moderate comments at /moderation.')
  yield ok(
    METRICS_SECRET
      ? 'Metrics are on, at /metrics.'
      : 'Metrics are off; set METRICS_SECRET to turn on /metrics.',
  )
  if (trustsEveryone(settings.trustsProxy))
    yield fail(
      'TRUSTED_PROXIES trusts every address, so anyone can fake theirs: list only your proxies.',
    )
  if (!SITE_URL)
    yield warn(
      'SITE_URL is not set, so shared links show no picture: set it to the public address of the site, such as https://example.org.',
    )
  else if (SITE_URL.startsWith('http:') && !isLocal(SITE_URL))
    yield warn('SITE_URL uses http: put an https proxy in front.')
}

const TABLE_STATES: Record<StoreDescription['tables'], string> = {
  current: ' and is writable',
  older: '; its tables are from an older version and will be updated at the next start',
  missing: '; its tables will be created at the next start',
}

/** Files that a process opens beside its connections: those of the store, the pages and the log. */
const OTHER_FILES = 200

/**
 * Compares the connections that the settings let in with the files that a process may open.
 *
 * @param limit Infinity where there is none
 */
export function* checkOpenFiles(
  {
    LIVE_CONNECTIONS,
    DATABASE_CONNECTIONS,
  }: Pick<Settings, 'LIVE_CONNECTIONS' | 'DATABASE_CONNECTIONS'>,
  limit: number,
): Generator<Finding> {
  if (limit === Infinity) return
  const others = DATABASE_CONNECTIONS + OTHER_FILES
  if (LIVE_CONNECTIONS + others <= limit)
    return yield ok(`A process can open ${limit} files, enough for all LIVE_CONNECTIONS.`)
  const most = Math.max(0, limit - others)
  yield warn(
    `A process can open only ${limit} files and connections, but LIVE_CONNECTIONS allows ${LIVE_CONNECTIONS}: raise the limit (LimitNOFILE= in systemd, "ulimit -n" in a shell, ulimits in compose), or set LIVE_CONNECTIONS to at most ${most}.`,
  )
}

/**
 * Compares the connections that the processes of this instance take with those that the server lets in.
 *
 * @param most that the server lets in
 */
export function checkConnections(
  {
    DATABASE_CONNECTIONS,
    WEB_CONCURRENCY,
  }: Pick<Settings, 'DATABASE_CONNECTIONS' | 'WEB_CONCURRENCY'>,
  most: number,
): Finding {
  // One more while a process brings the tables up to date.
  const needed = WEB_CONCURRENCY * (DATABASE_CONNECTIONS + 1)
  const instances = Math.floor(most / needed)
  if (instances > 0)
    return ok(
      `PostgreSQL allows ${most} connections, enough for ${instances} instance${instances > 1 ? 's' : ''} of up to ${needed}.`,
    )
  const fitting = Math.max(1, Math.floor(most / WEB_CONCURRENCY) - 1)
  return warn(
    `PostgreSQL allows ${most} connections, but this site uses up to ${needed}: raise its max_connections, or set DATABASE_CONNECTIONS to at most ${fitting}.`,
  )
}

async function* checkStore(
  settings: Settings,
): AsyncGenerator<Finding, StoreDescription | undefined> {
  try {
    const store = await describeStore(DOCTOR_SECRET)
    const { engine, path, version, tables, clock, encrypted, local, maxConnections } = store
    yield ok(`The database is ${engine} ${version}${TABLE_STATES[tables]}.`)
    if (path) yield* checkFile(path)
    if (clock !== undefined) yield checkClock('the database’s', clock)
    if (maxConnections !== undefined) yield checkConnections(settings, maxConnections)
    if (encrypted === false && !local)
      yield warn(
        'The connection to the database is not encrypted: add ?sslmode=verify-full to DATABASE_URL, unless the network is your own.',
      )
    return store
  } catch (error) {
    yield fail(`${(error as Error).message}.`)
  }
}

async function* checkFile(path: string): AsyncGenerator<Finding> {
  const folder = existingFolder(dirname(path))
  const { type, bavail, bsize } = await statfs(folder)
  const free = Math.round((bavail * bsize) / 1_000_000)
  yield bavail * bsize < MIN_FREE_BYTES
    ? warn(`${folder} has ${free} MB free: make room before it is full.`)
    : ok(`${folder} has ${free} MB free.`)
  if (existsSync(path)) yield* checkPrivacy(path)
  const network = NETWORK_FILE_SYSTEMS[type]
  if (network)
    yield fail(
      `${folder} is on a network file system (${network}), which can corrupt the file: use a local disk, or PostgreSQL.`,
    )
}

/** Warns when others on this machine may read a file, which holds secrets. */
async function* checkPrivacy(path: string): AsyncGenerator<Finding> {
  if ((await stat(path)).mode & 0o077)
    yield warn(`${path} can be read by other users of this machine: run "chmod 600 ${path}".`)
}

/** Returns the folder, or the nearest one above it that exists. */
function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(dirname(folder))
}

/**
 * Compares a clock with this machine's.
 *
 * @param whose such as `the database’s`
 * @param clock UTC milliseconds
 */
export function checkClock(whose: string, clock: number, now = Date.now()): Finding {
  const off = Math.abs(now - clock)
  if (off <= MAX_CLOCK_OFFSET) return ok(`This machine’s clock agrees with ${whose}.`)
  return warn(
    `This machine’s clock and ${whose} differ by ${Math.round(off / 1_000)} s: set both by NTP.`,
  )
}

/**
 * Checks whether the server can listen.
 *
 * @param isStoreMissing whether DATABASE_URL leads to no store yet: a running site has another one then
 */
async function* checkPort(
  { PORT, HOST }: Settings,
  isStoreMissing: boolean,
): AsyncGenerator<Finding> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    server.listen(PORT, HOST, () => server.close(() => resolve(undefined)))
  })
  if (code === undefined) return yield ok(`Port ${PORT} is free for "npm start".`)
  if (code !== 'EADDRINUSE')
    return yield fail(`Port ${PORT} cannot be used (${code}): set PORT or HOST.`)
  if (!(await isLive(HOST, PORT)))
    return yield fail(`Another program is using port ${PORT}: stop it, or set PORT.`)
  yield isStoreMissing
    ? otherStore(`The Broadside on port ${PORT}`)
    : ok(`Broadside is running on port ${PORT}.`)
}

function otherStore(site: string): Finding {
  return warn(
    `${site} uses another database than DATABASE_URL names here: run the doctor where the site runs, with its settings.`,
  )
}

/** What a Broadside answers at `/api/health`; something else may answer in its place. */
const healthAnswer = z.object({
  status: z.string(),
  connection: z
    .object({ forwarded: z.boolean(), trusted: z.boolean(), https: z.boolean() })
    .optional(),
})

/** The answer with the time of its header `Date`, in UTC milliseconds. */
type Health = z.infer<typeof healthAnswer> & { clock: number | undefined }

/** Asks the site at SITE_URL for its health, through all proxies in front. */
async function* checkSite({ SITE_URL }: Settings, secret?: string): AsyncGenerator<Finding> {
  if (!SITE_URL) return
  const answer = await fetchHealth(SITE_URL, '', secret)
  if (answer?.status !== 'ready')
    return yield warn(
      `${SITE_URL} does not answer like a running Broadside: start the site, and check that the proxy forwards to it.`,
    )
  yield ok(`${SITE_URL} is ready.`)
  // The header Date has whole seconds: half of one is the expected rest.
  if (answer.clock !== undefined) yield checkClock(`that of ${SITE_URL}`, answer.clock + 500)
  if (!answer.connection) return yield otherStore(SITE_URL)
  yield checkProxy(answer.connection, SITE_URL)
}

/** Checks how a request reached the site. */
export function checkProxy(
  { forwarded, trusted }: NonNullable<ConnectionReport['connection']>,
  origin: string,
): Finding {
  if (forwarded && !trusted)
    return fail(
      'The proxy in front is not trusted, so all readers share one network’s limits: add its address to TRUSTED_PROXIES.',
    )
  if (!forwarded && trusted)
    return fail(
      'The proxy in front does not pass on readers’ addresses: make it send X-Forwarded-For.',
    )
  if (!forwarded && origin.startsWith('https:'))
    return fail(
      'An https proxy is in front but does not pass on readers’ addresses: make it send X-Forwarded-For, and add it to TRUSTED_PROXIES.',
    )
  return ok(
    forwarded
      ? 'The proxy in front passes on readers’ addresses and is trusted.'
      : 'No proxy in front: readers connect directly.',
  )
}

/** Asks whether a Broadside listens there; not by URL, which has no room for the zone of `fe80::1%eth0`. */
async function isLive(host: string | undefined, port: number): Promise<boolean> {
  try {
    const asked = get({
      host,
      port,
      path: '/api/health?check=live',
      headers: { host: 'localhost' },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    })
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    return healthAnswer.parse(await json(response)).status === 'live'
  } catch {
    return false
  }
}

/** Asks a site for its health; resolves to nothing where no Broadside answers. */
async function fetchHealth(
  origin: string,
  query: string,
  secret?: string,
): Promise<Health | undefined> {
  try {
    const response = await fetch(`${origin}/api/health${query}`, {
      headers: secret ? { authorization: `Bearer ${secret}` } : {},
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    })
    const date = Date.parse(response.headers.get('date') ?? '')
    const answer = healthAnswer.parse(await response.json())
    return { ...answer, clock: Number.isNaN(date) ? undefined : date }
  } catch {
    return
  }
}

function isLocal(origin: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(origin).hostname)
}

function ok(message: string): Finding {
  return { state: 'ok', message }
}

function warn(message: string): Finding {
  return { state: 'warn', message }
}

function fail(message: string): Finding {
  return { state: 'fail', message }
}
