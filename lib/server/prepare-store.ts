import { setTimeout as sleep } from 'node:timers/promises'
import { makeChallenge } from '#lib/api/challenge.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { getSessionSecret } from '#lib/api/moderator-session.ts'
import { getReaderSecret } from '#lib/api/reader-cookie.ts'
import { getDoctorSecret } from '#lib/doctor/connection-report.ts'
import { log } from '#lib/logging/log.ts'
import { mayComeBack, OpeningError } from '#lib/store/index.ts'

/** Milliseconds that the start waits for the store before the process serves the story without it. */
const START_TIMEOUT = 3_000
/** Milliseconds before the second attempt; each further pause is twice as long, up to the longest. */
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 5_000

/**
 * Opens the store and prepares what requests need of it. While it is away it is tried again for as long as
 * the process runs; requests that need it are refused meanwhile.
 *
 * @returns when the store is ready or known to be away, after `START_TIMEOUT` at the latest
 * @throws {OpeningError} when a setting is wrong, so that it would never be ready
 */
export async function prepareStore(): Promise<void> {
  const first = prepare()
  try {
    await Promise.race([first, sleep(START_TIMEOUT)])
  } catch (error) {
    if (error instanceof OpeningError && !mayComeBack(error)) throw error
  }
  void retryUntilReady(first)
}

async function retryUntilReady(attempt: Promise<void>): Promise<void> {
  let reason: string | undefined
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      await attempt
      if (reason !== undefined) log.info('The database is ready')
      return
    } catch (error) {
      const { message } = error as Error
      if (message !== reason)
        log.error(
          error,
          `${message}; the story is served meanwhile, and the database is tried again`,
        )
      reason = message
    }
    // A quarter more or less, so that several processes do not try at the same moment.
    await sleep(pause * (0.75 + Math.random() / 2), undefined, { ref: false })
    attempt = prepare()
  }
}

/** Makes the secrets, too, so that no GET has to write one. */
async function prepare(): Promise<void> {
  await getReaderSecret()
  await getSessionSecret()
  await getDoctorSecret()
  await makeChallenge()
  await getCommentPolicy()
}
