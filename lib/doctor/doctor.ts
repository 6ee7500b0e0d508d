import { existsSync, statSync } from 'node:fs'
import { statfs, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { type DescribedConnection, DOCTOR_SECRET } from '#lib/doctor/connection-report.ts'
import { findSlips, setUpProblems } from '#lib/doctor/check-settings.ts'
import { getSettings, type Settings } from '#lib/settings/settings.ts'
import { trustsEveryone } from '#lib/settings/trusted-proxies.ts'
import { describeStore, type StoreDescription } from '#lib/store/maintenance.ts'

/** What was looked at: `says` is a sentence, with what to do where something is to be done. */
export type Finding = { state: 'ok' | 'warn' | 'fail'; says: string }

const LEAST_NODE = 26
const DOCUMENT = '.next/documents/index.html'
const SERVER = '.next/server-bundle/server.mjs'
/** Bytes of disk below which it is time to think of it. */
const LITTLE_ROOM = 1_000_000_000
/** Milliseconds: forms and limits go by the clock, and instances compare theirs. */
const CLOCK_OFF = 2_000
const PATIENCE = 5_000

/** Types of file systems that other machines share: https://man7.org/linux/man-pages/man2/statfs.2.html */
const NETWORKED: Record<number, string> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x65735546: 'FUSE',
}

/** Looks at everything that a host can get wrong, one thing after another, and changes nothing. */
export async function* checkUp(hasFile: boolean): AsyncGenerator<Finding> {
  yield checkNode(process.versions.node)
  yield checkBuild()
  const problems = setUpProblems()
  for (const says of problems) yield { state: 'fail', says }
  for (const says of findSlips(Object.keys(process.env))) yield { state: 'warn', says }
  // Nothing further can be asked with settings that are wrong.
  if (problems.length > 0) return
  const where = hasFile ? 'the environment and .env' : 'the environment'
  yield { state: 'ok', says: `The settings in ${where} can be used.` }
  if (hasFile) yield* checkPrivacy('.env')
  const settings = getSettings()
  yield* checkSecrets(settings)
  const store = yield* checkStore()
  yield* checkPort(settings, store?.tables === 'missing')
  // Only who knows this store can be told how a request came to the site.
  if (store?.tables === 'current') yield* checkSite(settings, store.secret)
}

/** @param version such as 26.10.0 */
export function checkNode(version: string): Finding {
  if (Number.parseInt(version) >= LEAST_NODE) return { state: 'ok', says: `Node ${version} runs.` }
  return {
    state: 'fail',
    says: `Node ${version} is too old: run "npm ci", then start it by "npm start", which uses the Node ${LEAST_NODE} that comes with it.`,
  }
}

function checkBuild(): Finding {
  if (!existsSync(DOCUMENT) || !existsSync(SERVER))
    return { state: 'fail', says: 'The site is not built: run "npm run build".' }
  const built = statSync(DOCUMENT).mtimeMs
  const changed = ['content/article.md', 'content/author.md'].filter(
    (file) => existsSync(file) && statSync(file).mtimeMs > built,
  )
  if (changed.length === 0) return { state: 'ok', says: 'The site is built of what content/ says.' }
  return {
    state: 'warn',
    says: `${changed.join(' and ')} changed after the site was built: run "npm run build", and start again.`,
  }
}

function* checkSecrets(settings: Settings): Generator<Finding> {
  const { READER_SECRET, MODERATOR_PASSWORD, METRICS_SECRET, SITE_URL } = settings
  yield READER_SECRET
    ? { state: 'ok', says: 'READER_SECRET signs readers’ cookies.' }
    : { state: 'ok', says: 'Readers’ cookies are signed with a secret that is kept with the data.' }
  yield MODERATOR_PASSWORD
    ? { state: 'ok', says: 'The desk is open at /moderation, with MODERATOR_PASSWORD.' }
    : {
        state: 'warn',
        says: 'There is no desk: set MODERATOR_PASSWORD to moderate comments at /moderation.',
      }
  yield {
    state: 'ok',
    says: METRICS_SECRET
      ? 'Metrics are at /metrics, with METRICS_SECRET.'
      : 'There are no metrics; METRICS_SECRET would open /metrics.',
  }
  if (trustsEveryone(settings.trustsProxy))
    yield {
      state: 'fail',
      says: 'TRUSTED_PROXIES trusts every address, so that anyone may claim to be anyone: name the proxy’s alone.',
    }
  if (!SITE_URL)
    yield {
      state: 'warn',
      says: 'SITE_URL is not set: set it to where readers find the site, such as https://example.org.',
    }
  else if (SITE_URL.startsWith('http:') && !isLocal(SITE_URL))
    yield { state: 'warn', says: 'SITE_URL is http: put a proxy that speaks https in front.' }
}

const TABLES: Record<StoreDescription['tables'], string> = {
  current: ', and can be written',
  older: '; its tables are of an older version, and will be brought up to date at the next start',
  missing: '; its tables will be made at the next start',
}

async function* checkStore(): AsyncGenerator<Finding, StoreDescription | undefined> {
  try {
    const store = await describeStore(DOCTOR_SECRET)
    const { engine, path, version, tables, clock, encrypted, local } = store
    yield { state: 'ok', says: `The data is in ${engine} ${version}${TABLES[tables]}.` }
    if (path) yield* checkFile(path)
    if (clock !== undefined) yield checkClock('the database’s', clock)
    if (encrypted === false && !local)
      yield {
        state: 'warn',
        says: 'What goes to the database is not encrypted: add ?sslmode=verify-full to DATABASE_URL, unless the network is your own.',
      }
    return store
  } catch (error) {
    yield { state: 'fail', says: `${(error as Error).message}.` }
  }
}

async function* checkFile(path: string): AsyncGenerator<Finding> {
  const folder = nearest(dirname(path))
  const { type, bavail, bsize } = await statfs(folder)
  const free = Math.round((bavail * bsize) / 1_000_000)
  yield bavail * bsize < LITTLE_ROOM
    ? { state: 'warn', says: `${folder} has ${free} MB left: make room before it is full.` }
    : { state: 'ok', says: `${folder} has ${free} MB left.` }
  if (existsSync(path)) yield* checkPrivacy(path)
  const network = NETWORKED[type]
  if (network)
    yield {
      state: 'fail',
      says: `${folder} is on ${network}, where several machines would break the file: use a disk of this machine, or PostgreSQL.`,
    }
}

/** Secrets are in it, and what readers alone should know. */
async function* checkPrivacy(path: string): AsyncGenerator<Finding> {
  if ((await stat(path)).mode & 0o077)
    yield {
      state: 'warn',
      says: `${path} can be read by others on this machine: run "chmod 600 ${path}".`,
    }
}

/** The folder, or that in which it will be made. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}

/** @param clock milliseconds since 1970 */
export function checkClock(whose: string, clock: number, now = Date.now()): Finding {
  const off = Math.abs(now - clock)
  if (off <= CLOCK_OFF) return { state: 'ok', says: `This machine’s clock agrees with ${whose}.` }
  return {
    state: 'warn',
    says: `This machine’s clock and ${whose} differ by ${Math.round(off / 1_000)} s: let both be set by NTP.`,
  }
}

/** @param noStore whether there is none yet where DATABASE_URL says: who runs already has another */
async function* checkPort({ PORT, HOST }: Settings, noStore: boolean): AsyncGenerator<Finding> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    server.listen(PORT, HOST, () => server.close(() => resolve(undefined)))
  })
  if (code === undefined)
    return yield { state: 'ok', says: `Port ${PORT} is free: "npm start" can take it.` }
  if (code !== 'EADDRINUSE')
    return yield {
      state: 'fail',
      says: `Port ${PORT} cannot be taken (${code}): set PORT or HOST.`,
    }
  const there = await ask(`http://${HOST ?? 'localhost'}:${PORT}`, '?check=live')
  if (there?.status !== 'live')
    return yield {
      state: 'fail',
      says: `Another program has port ${PORT}: stop it, or set PORT.`,
    }
  yield noStore
    ? hasOtherData(`The Broadside on port ${PORT}`)
    : { state: 'ok', says: `Broadside answers on port ${PORT}.` }
}

function hasOtherData(site: string): Finding {
  return {
    state: 'warn',
    says: `${site} has other data than DATABASE_URL names here: run this where the site runs, with its settings.`,
  }
}

type Health = DescribedConnection & { status?: string; clock?: number | undefined }

/** As readers come: through all that stands in front. */
async function* checkSite({ SITE_URL }: Settings, secret?: string): AsyncGenerator<Finding> {
  if (!SITE_URL) return
  const answer = await ask(SITE_URL, '', secret)
  if (answer?.status !== 'ready')
    return yield {
      state: 'warn',
      says: `${SITE_URL} does not answer as a Broadside that is ready: start it, and see that the proxy leads to it.`,
    }
  yield { state: 'ok', says: `${SITE_URL} is ready.` }
  // HTTP tells whole seconds.
  if (answer.clock !== undefined) yield checkClock(`that of ${SITE_URL}`, answer.clock + 500)
  if (!answer.connection) return yield hasOtherData(SITE_URL)
  yield checkProxy(answer.connection, SITE_URL)
}

/** What the site says of how a request came through the proxy to it. */
export function checkProxy(
  { forwarded, trusted }: NonNullable<DescribedConnection['connection']>,
  origin: string,
): Finding {
  if (forwarded && !trusted)
    return {
      state: 'fail',
      says: 'The proxy in front is not trusted, so that all readers are one network with one network’s limits: name its address in TRUSTED_PROXIES.',
    }
  if (!forwarded && trusted)
    return {
      state: 'fail',
      says: 'The proxy in front does not say who asks: let it send X-Forwarded-For with the reader’s address.',
    }
  if (!forwarded && origin.startsWith('https:'))
    return {
      state: 'fail',
      says: 'Something speaks https in front but does not say who asks: let it send X-Forwarded-For, and name it in TRUSTED_PROXIES.',
    }
  return {
    state: 'ok',
    says: forwarded
      ? 'The proxy in front says who asks, and is trusted.'
      : 'Nothing stands in front: readers’ own addresses count.',
  }
}

async function ask(origin: string, query: string, secret?: string): Promise<Health | undefined> {
  try {
    const response = await fetch(`${origin}/api/health${query}`, {
      headers: secret ? { authorization: `Bearer ${secret}` } : {},
      signal: AbortSignal.timeout(PATIENCE),
    })
    const date = Date.parse(response.headers.get('date') ?? '')
    return { ...((await response.json()) as Health), clock: Number.isNaN(date) ? undefined : date }
  } catch {
    return
  }
}

function isLocal(origin: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(origin).hostname)
}
