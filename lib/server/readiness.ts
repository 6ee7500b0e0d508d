import { RETRY_AFTER } from '#lib/api/unavailable.ts'
import { within } from '#lib/deadline.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { logRecurring } from '#lib/logging/log.ts'
import { describeOutage, getStore, isUnavailable } from '#lib/store/index.ts'

/** Seconds until another process, or this one after its restart, can answer. */
const RETRY_AFTER_STOP = 5
/** Milliseconds that the store has to answer: a load balancer waits no longer. */
const CHECK_TIMEOUT = 2_000

let stopping = false

/** Makes `requireServing` refuse from now on, so that balancers send readers elsewhere. */
export function announceStop(): void {
  stopping = true
}

/** @throws {RequestError} 503 when the process is about to stop */
export function requireServing(): void {
  if (stopping)
    throw new RequestError(503, 'stopping', 'This server is about to stop.', {
      retryAfter: RETRY_AFTER_STOP,
    })
}

/**
 * Checks that this process can do its work.
 *
 * @throws {RequestError} 503 when the process is about to stop, or the store cannot be read or written
 */
export async function requireReady(): Promise<void> {
  requireServing()
  try {
    await within(CHECK_TIMEOUT, checkStore())
  } catch (error) {
    if (!isUnavailable(error)) throw error
    logRecurring(error)
    throw new RequestError(503, 'unavailable', describeOutage(error), {
      retryAfter: RETRY_AFTER,
    })
  }
}

async function checkStore(): Promise<void> {
  await (await getStore()).check()
}
