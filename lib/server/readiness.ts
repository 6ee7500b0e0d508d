import { RequestError } from '#lib/http/request-error.ts'
import { getStore } from '#lib/store/index.ts'

/** Seconds until another process, or this one after its restart, can answer. */
const RETRY_AFTER = 5

let stopping = false

/** Makes `requireReady` refuse from now on, so that balancers send readers elsewhere. */
export function announceStop(): void {
  stopping = true
}

/**
 * Checks that this process can do its work.
 *
 * @throws {RequestError} 503 when the process is about to stop
 * @throws the store's error when the store cannot be read
 */
export async function requireReady(): Promise<void> {
  if (stopping)
    throw new RequestError(503, 'stopping', 'This server is about to stop.', {
      retryAfter: RETRY_AFTER,
    })
  await (await getStore()).check()
}
