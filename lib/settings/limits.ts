import { wholeNumber } from '#lib/settings/variables.ts'

/**
 * At most so many actions in a window of time, which begins with the first of them. What is counted
 * by a network's hash has windows of an hour at most, so it is deleted long before 48 hours.
 */
export type Limit = {
  most: number
  /** Milliseconds; 0 for no limit. */
  window: number
}

/**
 * How many times the amount of a limit is allowed to each of the networks of an address: its own, which is an
 * IPv4 address or the first 64 bits of an IPv6 one, and the first 56 and 48 bits of the latter. A provider
 * assigns one household up to 65,536 of the narrowest, and may assign the wider ones to several households.
 */
export const NETWORK_FACTORS = [1, 4, 16] as const

/** The limits of what readers do; `LIMIT_VARIABLES` describes each. */
export type Limits = {
  votes: Limit
  commentVotes: Limit
  commentPause: Limit
  comments: Limit
  networkComments: Limit
  edits: Limit
  reports: Limit
  /** New readers from a network without a proof of work. */
  readers: Limit
  /** New readers from a network with a proof of work, counted apart from the others. */
  provenReaders: Limit
  views: Limit
  networkSignIns: Limit
  signIns: Limit
  provenSignIns: Limit
}

/**
 * What a network may ask of one process in a minute, by what it costs: a page that is made for one reader, a
 * text that is parsed, what is read from the store, what is written, and a form that is shown again plainly.
 */
export type Budgets = Record<
  'pages' | 'texts' | 'proofs' | 'reads' | 'writes' | 'plainForms',
  number
>
export type Budget = keyof Budgets

/** The reason why an action was refused, and in how many seconds it may be tried again. */
export type Refusal = {
  limit: Exclude<keyof Limits, 'views'> | 'token' | 'banned' | 'requests'
  retryAfter: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Milliseconds that a form stays valid; each form can be sent once. */
export const TOKEN_LIFE = 12 * HOUR

/**
 * Milliseconds by which clocks of servers may differ, or a write may wait for its turn. What is dated further
 * ahead was written while the clock was wrong, and does not count: nobody waits until the wrong time.
 */
export const CLOCK_TOLERANCE = 5_000

/** The environment variables from which `Limits` are made. */
export const LIMIT_VARIABLES = {
  VOTES_PER_MINUTE: amount(20).describe(
    'How often one reader may change a vote on the story or on one comment.',
  ),
  COMMENT_VOTES_PER_MINUTE: amount(60).describe('How often one reader may vote on comments.'),
  COMMENT_PAUSE_SECONDS: amount(10).describe(
    'Seconds that a reader must wait between two comments.',
  ),
  COMMENTS_PER_10_MINUTES: amount(5).describe('How many comments one reader may send.'),
  EDITS_PER_10_MINUTES: amount(20).describe('How often one reader may edit or delete comments.'),
  REPORTS_PER_HOUR: amount(10).describe('How many comments one reader may report.'),
  NETWORK_COMMENTS_PER_10_MINUTES: amount(20).describe(
    'How many comments may come from one network: an IPv4 address, or the first 64 bits of an IPv6 one. Here and below, the first 56 bits may do 4 times as much, and the first 48 bits 16 times.',
  ),
  NETWORK_READERS_PER_HOUR: amount(30).describe(
    'How many new readers one network may bring without a proof of work.',
  ),
  NETWORK_PROVEN_READERS_PER_HOUR: amount(270).describe(
    'How many more new readers one network may bring, each with a proof of work.',
  ),
  NETWORK_VIEWS_PER_HOUR: amount(10_000).describe(
    'How many views from one network are counted; others are shown the story all the same.',
  ),
  NETWORK_PAGES_PER_MINUTE: amount(240, 1).describe(
    'How many pages that are made for one reader (comments with a cookie, moderation, a form shown again) one network may get from one process; as many at once as five seconds allow.',
  ),
  NETWORK_TEXTS_PER_MINUTE: amount(120, 1).describe(
    'How many comments, changes and previews, and as many proofs of work, one network may send to one process; as many at once as five seconds allow. At least NETWORK_COMMENTS_PER_10_MINUTES.',
  ),
  NETWORK_READS_PER_MINUTE: amount(1_200, 1).describe(
    'How often one network may read comments, votes, live updates and feeds from one process; as many at once as five seconds allow.',
  ),
  NETWORK_WRITES_PER_MINUTE: amount(60_000, 1).describe(
    'How many votes, views, comments and other forms one process takes from one network; as many at once as five seconds allow.',
  ),
  NETWORK_SIGN_INS_PER_10_MINUTES: amount(10).describe(
    'How often a moderator’s sign-in may be tried from one network without a proof of work, with a right or wrong password.',
  ),
  SIGN_INS_PER_HOUR: amount(200).describe(
    'How often it may be tried without a proof of work from all networks together, not counting those that a moderator has signed in from in the last 90 days. With a proof of work, 20 times as often.',
  ),
}

/** How many times as many tries to sign in all networks together have with a proof of work as without. */
const PROVEN_FACTOR = 20

/** Makes the limits from the values of `LIMIT_VARIABLES`. */
export function makeLimits(set: Record<keyof typeof LIMIT_VARIABLES, number>): Limits {
  return {
    votes: { most: set.VOTES_PER_MINUTE, window: MINUTE },
    commentVotes: { most: set.COMMENT_VOTES_PER_MINUTE, window: MINUTE },
    commentPause: { most: 1, window: set.COMMENT_PAUSE_SECONDS * SECOND },
    comments: { most: set.COMMENTS_PER_10_MINUTES, window: 10 * MINUTE },
    edits: { most: set.EDITS_PER_10_MINUTES, window: 10 * MINUTE },
    reports: { most: set.REPORTS_PER_HOUR, window: HOUR },
    networkComments: { most: set.NETWORK_COMMENTS_PER_10_MINUTES, window: 10 * MINUTE },
    readers: { most: set.NETWORK_READERS_PER_HOUR, window: HOUR },
    provenReaders: { most: set.NETWORK_PROVEN_READERS_PER_HOUR, window: HOUR },
    views: { most: set.NETWORK_VIEWS_PER_HOUR, window: HOUR },
    networkSignIns: { most: set.NETWORK_SIGN_INS_PER_10_MINUTES, window: 10 * MINUTE },
    signIns: { most: set.SIGN_INS_PER_HOUR, window: HOUR },
    provenSignIns: { most: PROVEN_FACTOR * set.SIGN_INS_PER_HOUR, window: HOUR },
  }
}

/** Makes the budgets from the values of `LIMIT_VARIABLES`. */
export function makeBudgets(set: Record<keyof typeof LIMIT_VARIABLES, number>): Budgets {
  // Whoever allows more comments allows them to be parsed.
  const texts = Math.max(set.NETWORK_TEXTS_PER_MINUTE, set.NETWORK_COMMENTS_PER_10_MINUTES)
  return {
    pages: set.NETWORK_PAGES_PER_MINUTE,
    texts,
    proofs: texts,
    reads: set.NETWORK_READS_PER_MINUTE,
    writes: set.NETWORK_WRITES_PER_MINUTE,
    // They cost a fraction of a page, and hold what a reader has typed.
    plainForms: 4 * set.NETWORK_PAGES_PER_MINUTE,
  }
}

function amount(usual: number, min = 0) {
  return wholeNumber({ default: usual, min, max: 1_000_000_000 })
}
