import { formatMoment } from '#lib/i18n/dates.ts'
import { fill, spoken } from '#lib/i18n/messages.ts'
import words from '#messages/limits.json' with { type: 'json' }

/**
 * So many acts in a window of time, which begins with the first act in it. What is counted by a
 * network's hash has windows of an hour at most, and so is gone long before 48 hours.
 */
export type Limit = {
  most: number
  /** Milliseconds; 0 for no limit. */
  window: number
}

export type Limits = {
  /** Changes of a reader's vote, on the story or on one comment. */
  votes: Limit
  /** A reader's votes on comments. */
  commentVotes: Limit
  /** A reader's comments one after another. */
  commentPause: Limit
  /** A reader's comments. */
  comments: Limit
  /** Comments from a network. */
  networkComments: Limit
  /** A reader's edits, and deletions. */
  edits: Limit
  /** A reader's reports. */
  reports: Limit
  /** New readers from a network who have shown nothing for it. */
  readers: Limit
  /** New readers from a network with a proof of work, besides those. */
  provenReaders: Limit
  /** Views from a network; more are shown the story and not counted. */
  views: Limit
  /** Tries to sign in at the desk from a network. */
  networkSignIns: Limit
  /** Tries to sign in at the desk in all. */
  signIns: Limit
}

/** Why something was not done, and in how many seconds it may be tried again. */
export type Refusal = {
  limit: Exclude<keyof Limits, 'views'> | 'token' | 'banned'
  retryAfter: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long a form may be open, in milliseconds; it is good for one act. */
export const TOKEN_LIFE = 12 * HOUR

/** What holds where the environment says nothing, by the variable's name. */
export const DEFAULT_LIMITS = {
  VOTES_PER_MINUTE: 20,
  COMMENT_VOTES_PER_MINUTE: 60,
  COMMENT_PAUSE_SECONDS: 10,
  COMMENTS_PER_10_MINUTES: 5,
  EDITS_PER_10_MINUTES: 20,
  REPORTS_PER_HOUR: 10,
  NETWORK_COMMENTS_PER_10_MINUTES: 20,
  NETWORK_READERS_PER_HOUR: 30,
  NETWORK_PROVEN_READERS_PER_HOUR: 270,
  NETWORK_VIEWS_PER_HOUR: 10_000,
  NETWORK_SIGN_INS_PER_10_MINUTES: 10,
  SIGN_INS_PER_HOUR: 200,
}

export function makeLimits(set: typeof DEFAULT_LIMITS): Limits {
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
  }
}

/** A sentence for the reader. */
export function refusalSentence({ limit, retryAfter }: Refusal): string {
  const message = limit === 'networkSignIns' ? words.signIns : words[limit]
  const moment = formatMoment(Date.now() + retryAfter * 1_000, spoken)
  return fill(message, { when: inTime(retryAfter), moment })
}

/** "in 5 minutes" */
function inTime(seconds: number): string {
  const format = new Intl.RelativeTimeFormat(spoken)
  return seconds < 90
    ? format.format(seconds, 'second')
    : format.format(Math.ceil(seconds / 60), 'minute')
}
