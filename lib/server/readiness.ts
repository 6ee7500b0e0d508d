import { RequestError } from '#lib/http/request-error.ts'
import { getStore } from '#lib/store/index.ts'

/** Seconds after which another instance, or this one again, will do. */
const RETRY_AFTER = 5

let stopping = false

/** From here on this process is not to be sent readers any more. */
export function announceStop(): void {
  stopping = true
}

/** @throws {RequestError} 503 when this process is about to stop; what the store says when it is in trouble */
export async function requireReady(): Promise<void> {
  if (stopping)
    throw new RequestError(503, 'stopping', 'This server is about to stop.', {
      retryAfter: RETRY_AFTER,
    })
  await (await getStore()).check()
}
