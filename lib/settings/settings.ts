import { z } from 'zod'
import {
  type Budgets,
  LIMIT_VARIABLES,
  type Limits,
  makeBudgets,
  makeLimits,
} from '#lib/settings/limits.ts'
import { compileTrust, proxyList, type TrustsProxy } from '#lib/settings/trusted-proxies.ts'
import {
  listenHost,
  oneOf,
  origin,
  secret,
  webhookAddress,
  wholeNumber,
} from '#lib/settings/variables.ts'

/**
 * The environment variables of the site, but for the store's own (`STORE_VARIABLES`). From these
 * schemas are made the settings, the start-up errors, the doctor's list and `.env.example`.
 */
export const SETTING_VARIABLES = {
  DATABASE_CONNECTIONS: wholeNumber({ default: 10, min: 1, max: 1_000 }).describe(
    'The most PostgreSQL connections that one process opens.',
  ),
  DATABASE_CONNECT_SECONDS: wholeNumber({ default: 8, min: 1, max: 600 }).describe(
    'How long to wait for a connection to PostgreSQL. A request is answered within 10 seconds in any case.',
  ),
  DATABASE_STATEMENT_SECONDS: wholeNumber({ default: 8, min: 0, max: 3_600 }).describe(
    'How long a statement in PostgreSQL may take; 0 for no limit. Behind PgBouncer, let it ignore statement_timeout.',
  ),
  PGSSLMODE: z
    .string()
    .optional()
    .describe('The sslmode to use if DATABASE_URL has none.')
    .meta({ example: 'verify-full' }),
  PGSSLROOTCERT: z
    .string()
    .optional()
    .describe('The sslrootcert to use if DATABASE_URL has none.')
    .meta({ example: '/etc/ssl/database-ca.pem' }),
  PORT: wholeNumber({ default: 3000, min: 0, max: 65_535 }).describe(
    'The port to listen on; 0 for any free one.',
  ),
  HOST: listenHost()
    .describe('The address to listen on. Without it, all addresses of this machine.')
    .meta({ example: '127.0.0.1' }),
  WEB_CONCURRENCY: wholeNumber({ default: 1, min: 1, max: 128 }).describe(
    'How many processes to run, for machines with several cores.',
  ),
  SITE_URL: origin()
    .describe(
      'The public address of the site, without a path. Votes and comments are accepted only from its pages, shared links show its picture, and with https, browsers are told to keep using https. Set it when the site is public.',
    )
    .meta({ example: 'https://example.org' }),
  HSTS_SUBDOMAINS: oneOf(['off', 'on'])
    .transform((word) => word === 'on')
    .describe(
      'Tell browsers that come by https to use https for all subdomains of the site, too: off or on.',
    ),
  TRUSTED_PROXIES: proxyList()
    .describe(
      'The proxies in front, as addresses or ranges separated by commas. Their X-Forwarded-For and X-Forwarded-Proto headers are trusted. Without this, all readers behind a proxy share one network’s limits.',
    )
    .meta({ example: '127.0.0.1, 10.0.0.0/8' }),
  LOG_REQUESTS: oneOf(['on', 'errors', 'off']).describe(
    'Which requests are logged, each as a line on standard output (JSON, but at a terminal plain): on (all), errors (those answered with 5xx) or off.',
  ),
  METRICS_SECRET: secret(16).describe(
    'Turns on /metrics for Prometheus, with this bearer token (at least 16 characters). Without it there are no metrics.',
  ),
  DRAIN_SECONDS: wholeNumber({ default: 2, min: 0, max: 3_600 }).describe(
    'Seconds to keep answering after a stop signal while /api/health answers 503, so that load balancers can send readers elsewhere.',
  ),
  READER_SECRET: secret(32).describe(
    'Signs readers’ cookies: at least 32 characters, the same for all instances. Without it, one is made at the first start and stored with the data.',
  ),
  MODERATOR_PASSWORD: secret(12).describe(
    'The moderators’ shared password for /moderation: at least 12 characters, the same on all instances. Changing it ends every session. Without it moderation is off.',
  ),
  PROOF_OF_WORK: oneOf(['on', 'off'])
    .transform((word) => word === 'on')
    .describe(
      'Hold comments sent without proof of work (without JavaScript, or by a bot) for approval: on or off.',
    ),
  COMMENT_LINKS: wholeNumber({ default: 2, min: 0, max: 1_000 }).describe(
    'Hold comments with more links than this for approval.',
  ),
  FORM_SECONDS: wholeNumber({ default: 3, min: 0, max: 60 }).describe(
    'Reject a form sent fewer than this many seconds after it was opened.',
  ),
  ...LIMIT_VARIABLES,
  LIVE_CONNECTIONS_PER_NETWORK: wholeNumber({ default: 20, min: 0, max: 1_000_000 }).describe(
    'Live connections per network. Everyone else is updated every 30 seconds.',
  ),
  LIVE_CONNECTIONS: wholeNumber({ default: 10_000, min: 0, max: 1_000_000 }).describe(
    'Live connections per process.',
  ),
  WEBHOOK_URL: webhookAddress()
    .describe(
      'An https address (or http on this machine) to notify of comments to review. Each message is a POST with the body\n' +
        '  { "id", "kind": "comment.held" / "comment.reported",\n' +
        '    "comment": { "id", "reason", "createdAt", "url" } }\n' +
        'signed as https://www.standardwebhooks.com specifies (docs/interface.md). Any answer other than 2xx is retried for a day, with the same id. "url" leads to /moderation; without SITE_URL it is only a path.',
    )
    .meta({ example: 'https://example.org/hook' }),
  WEBHOOK_SECRET: secret(16).describe(
    'The key that signs each message to WEBHOOK_URL: "whsec_" and base64, or a text of at least 16 characters.',
  ),
  FEED_SECRET: secret(16).describe(
    'Turns on /moderation.atom?key=…, a feed of comments to review, for anyone with this key (at least 16 characters).',
  ),
}

const variablesSchema = z
  .object(SETTING_VARIABLES)
  .refine((set) => !set.WEBHOOK_URL || set.WEBHOOK_SECRET, {
    path: ['WEBHOOK_SECRET'],
    error: 'must be set with WEBHOOK_URL, to at least 16 characters',
    // Also when another variable is wrong: all problems are told at once.
    when: () => true,
  })

/** The values of all variables under their own names, and what is made from several of them. */
export type Settings = z.output<typeof variablesSchema> & {
  trustsProxy: TrustsProxy
  limits: Limits
  budgets: Budgets
  /** The DATABASE_* variables as the store takes them; times in milliseconds, 0 for no limit. */
  postgres: {
    connections: number
    connectTimeout: number
    statementTimeout: number
    tls: { mode: string | undefined; rootCertificate: string | undefined }
  }
  webhook: { url: string; secret: string } | undefined
}

/** Variables by name; an empty one counts as not set. */
type Environment = Record<string, string | undefined>

let settings: Settings | undefined

/**
 * Returns the settings of this process, read from its environment at the first call.
 *
 * @throws {Error} as `readSettings` does
 */
export function getSettings(): Settings {
  return (settings ??= readSettings(process.env))
}

/**
 * Reads settings from an environment.
 *
 * @throws {Error} naming every variable that is wrong, and what it must be
 */
export function readSettings(environment: Environment): Settings {
  const { data, error } = parse(environment)
  if (!data) throw new Error(problemsOf(error).join('; '))
  return { ...data, ...derive(data) }
}

/** Returns a sentence for each variable that is wrong; secrets are not repeated. */
export function settingProblems(environment: Environment): string[] {
  const { error } = parse(environment)
  return error ? problemsOf(error) : []
}

function parse(environment: Environment) {
  const set = Object.entries(environment).filter(([, value]) => value !== '')
  return variablesSchema.safeParse(Object.fromEntries(set))
}

function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.join('.')} ${message}`)
}

function derive(set: z.output<typeof variablesSchema>): Omit<Settings, keyof typeof set> {
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = set
  return {
    trustsProxy: compileTrust(set.TRUSTED_PROXIES),
    limits: makeLimits(set),
    budgets: makeBudgets(set),
    postgres: {
      connections: set.DATABASE_CONNECTIONS,
      connectTimeout: set.DATABASE_CONNECT_SECONDS * 1_000,
      statementTimeout: set.DATABASE_STATEMENT_SECONDS * 1_000,
      tls: { mode: set.PGSSLMODE, rootCertificate: set.PGSSLROOTCERT },
    },
    webhook: url && secret ? { url, secret } : undefined,
  }
}
