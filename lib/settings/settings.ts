import proxyAddress from 'proxy-addr'
import type { Logged } from '#lib/logging/access-log.ts'
import { DEFAULT_LIMITS, type Limits, makeLimits } from '#lib/settings/limits.ts'

/** What the environment says; `.env.example` explains each variable. */
export type Settings = {
  port: number
  host: string | undefined
  workers: number
  /** Where readers find the site, such as https://example.org; else it is what the request names. */
  siteOrigin: string | undefined
  /** Whether what this address says of the one before it counts. */
  trustsProxy: (address: string, hop: number) => boolean
  trustsEveryone: boolean
  limits: Limits
  /** Of each process that has its data in PostgreSQL; times in milliseconds, 0 for no limit. */
  postgres: {
    connections: number
    connectTime: number
    statementTime: number
    /** What counts where the address of the database says nothing of TLS. */
    tls: { mode: string | undefined; rootCertificate: string | undefined }
  }
  /** How many may listen for what changes, from one network and at one process in all. */
  liveConnections: { network: number; all: number }
  /** Where the publisher is told of comments that wait, and the key that this is signed with. */
  webhook: { url: string; secret: string } | undefined
  /** Signs readers' cookies; without it, one that is kept with the data does. */
  readerSecret: string | undefined
  /** Opens `/metrics`; without it there are none. */
  metricsSecret: string | undefined
  logRequests: Logged
  /** How long it still answers after it was told to stop, in milliseconds. */
  drain: number
  /** Opens the feed for moderators; without it there is none. */
  feedSecret: string | undefined
  /** A comment sent sooner after its form was made is not a person's, in milliseconds. */
  shortestVisit: number
  /** Comments are published only with a proof of work; without one they wait for approval. */
  proofOfWork: boolean
  /** More links than these in a comment let it wait for approval. */
  commentLinks: number
  /** What moderators sign in with; without it there is no desk. */
  moderatorPassword: string | undefined
}

/** proxy-addr knows no range of all addresses. */
const HALVES: Record<string, string[]> = {
  '0.0.0.0/0': ['0.0.0.0/1', '128.0.0.0/1'],
  '::/0': ['::/1', '8000::/1'],
}
/** Addresses from both ends: who trusts a pair of them trusts everyone. */
const ANYONE = [
  ['8.8.8.8', '192.0.2.1'],
  ['2001:db8::1', 'c000::1'],
]

const LOCAL = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/
const SHORTEST_SECRET = 16
/** What signs for every reader must not be found by trying. */
const SHORTEST_KEY = 32
const SHORTEST_PASSWORD = 12

const NAMES = [
  'COMMENT_LINKS',
  'DATABASE_CONNECTIONS',
  'DATABASE_CONNECT_SECONDS',
  'DATABASE_STATEMENT_SECONDS',
  'DRAIN_SECONDS',
  'FEED_SECRET',
  'FORM_SECONDS',
  'HOST',
  'LIVE_CONNECTIONS',
  'LIVE_CONNECTIONS_PER_NETWORK',
  'LOG_REQUESTS',
  'METRICS_SECRET',
  'MODERATOR_PASSWORD',
  'PORT',
  'PROOF_OF_WORK',
  'READER_SECRET',
  'SITE_URL',
  'TRUSTED_PROXIES',
  'WEB_CONCURRENCY',
  'WEBHOOK_SECRET',
  'WEBHOOK_URL',
] as const
type Name = (typeof NAMES)[number] | keyof typeof DEFAULT_LIMITS
/** All variables that are read here; the store has its own. */
export const SETTING_VARIABLES: readonly Name[] = [
  ...NAMES,
  ...(Object.keys(DEFAULT_LIMITS) as (keyof typeof DEFAULT_LIMITS)[]),
]
/** With the names that all of PostgreSQL's programs know. */
type Environment = Partial<Record<Name | 'PGSSLMODE' | 'PGSSLROOTCERT', string>>

let settings: Settings | undefined

/** The process's settings, read at the first call. */
export function getSettings(): Settings {
  return (settings ??= readSettings(process.env))
}

/** @throws an error that names every wrong variable, with the remedy. */
export function readSettings(environment: Environment & { NODE_ENV?: string }): Settings {
  const problems: string[] = []
  const read = parse(environment, problems)
  if (problems.length > 0) throw new Error(problems.join('; '))
  return read
}

/** What is wrong with them, a sentence each. */
export function settingProblems(environment: Environment & { NODE_ENV?: string }): string[] {
  const problems: string[] = []
  parse(environment, problems)
  return problems
}

function parse(environment: Environment, problems: string[]): Settings {
  const whole = (name: Name, fallback: number, least: number, most: number): number => {
    const text = environment[name]
    const value = text ? Number(text) : fallback
    if ((text && !/^\d+$/.test(text)) || value < least || value > most)
      problems.push(`${name} must be a whole number from ${least} to ${most}, found "${text}"`)
    return value
  }
  const limits = Object.fromEntries(
    Object.entries(DEFAULT_LIMITS).map(([name, fallback]) => [
      name,
      whole(name as Name, fallback, 0, 1_000_000_000),
    ]),
  ) as typeof DEFAULT_LIMITS
  const trustsProxy = trust(environment.TRUSTED_PROXIES, problems)
  return {
    port: whole('PORT', 3000, 0, 65_535),
    host: environment.HOST || undefined,
    workers: whole('WEB_CONCURRENCY', 1, 1, 128),
    siteOrigin: originOf(environment.SITE_URL, problems),
    trustsProxy,
    trustsEveryone: ANYONE.some((pair) => pair.every((address) => trustsProxy(address, 0))),
    limits: makeLimits(limits),
    postgres: {
      connections: whole('DATABASE_CONNECTIONS', 10, 1, 1_000),
      connectTime: whole('DATABASE_CONNECT_SECONDS', 10, 1, 600) * 1_000,
      statementTime: whole('DATABASE_STATEMENT_SECONDS', 10, 0, 3_600) * 1_000,
      tls: {
        mode: environment.PGSSLMODE || undefined,
        rootCertificate: environment.PGSSLROOTCERT || undefined,
      },
    },
    liveConnections: {
      network: whole('LIVE_CONNECTIONS_PER_NETWORK', 20, 0, 1_000_000),
      all: whole('LIVE_CONNECTIONS', 10_000, 0, 1_000_000),
    },
    webhook: webhookOf(environment, problems),
    readerSecret: secretOf('READER_SECRET', environment, problems, SHORTEST_KEY),
    metricsSecret: secretOf('METRICS_SECRET', environment, problems),
    logRequests: oneOf('LOG_REQUESTS', ['on', 'errors', 'off'], environment, problems),
    drain: whole('DRAIN_SECONDS', 0, 0, 3_600) * 1_000,
    feedSecret: secretOf('FEED_SECRET', environment, problems),
    shortestVisit: whole('FORM_SECONDS', 3, 0, 60) * 1_000,
    proofOfWork: oneOf('PROOF_OF_WORK', ['on', 'off'], environment, problems) === 'on',
    commentLinks: whole('COMMENT_LINKS', 2, 0, 1_000),
    moderatorPassword: secretOf('MODERATOR_PASSWORD', environment, problems, SHORTEST_PASSWORD),
  }
}

function originOf(address: string | undefined, problems: string[]): string | undefined {
  if (!address) return
  const url = URL.parse(address)
  if (url && /^https?:$/.test(url.protocol) && address.replace(/\/$/, '') === url.origin)
    return url.origin
  problems.push(
    `SITE_URL must be an address without a path, such as https://example.org, found "${address}"`,
  )
}

/** The address is not repeated: with some receivers it is a secret. */
function webhookOf(environment: Environment, problems: string[]): Settings['webhook'] {
  const secret = secretOf('WEBHOOK_SECRET', environment, problems)
  if (!environment.WEBHOOK_URL) return
  const url = URL.parse(environment.WEBHOOK_URL)
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.test(url.hostname))
  if (!isSafe)
    problems.push(
      'WEBHOOK_URL must be an https address, or an http one of this machine such as http://localhost:8080',
    )
  else if (url.username || url.password)
    problems.push(
      'WEBHOOK_URL must hold no user name or password: WEBHOOK_SECRET signs each message',
    )
  if (!environment.WEBHOOK_SECRET)
    problems.push(
      `WEBHOOK_SECRET must be set with WEBHOOK_URL, to at least ${SHORTEST_SECRET} characters`,
    )
  return { url: url?.href ?? '', secret: secret ?? '' }
}

/** A secret is not repeated in what is said of it. */
function secretOf(
  name: Name,
  environment: Environment,
  problems: string[],
  shortest = SHORTEST_SECRET,
): string | undefined {
  const secret = environment[name] || undefined
  if (secret && [...secret].length < shortest)
    problems.push(`${name} must have at least ${shortest} characters`)
  return secret
}

function trust(proxies = '', problems: string[]): Settings['trustsProxy'] {
  const ranges = proxies
    .split(',')
    .map((proxy) => proxy.trim())
    .filter(Boolean)
  try {
    return proxyAddress.compile(ranges.flatMap((range) => HALVES[range] ?? range))
  } catch {
    problems.push(
      `TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.0/8, with commas between, found "${proxies}"`,
    )
    return () => false
  }
}

/** The first is what holds without the variable. */
function oneOf<Word extends string>(
  name: Name,
  words: [Word, ...Word[]],
  environment: Environment,
  problems: string[],
): Word {
  const word = (environment[name] || words[0]) as Word
  if (!words.includes(word))
    problems.push(`${name} must be ${words.map((w) => `"${w}"`).join(' or ')}, found "${word}"`)
  return word
}
