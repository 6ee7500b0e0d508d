import { newReaderHeaders } from '#lib/api/reader-cookie.ts'
import { errorBody } from '#lib/http/request-error.ts'
import { json } from '#lib/http/responses.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

/** Seconds until a store that is away may be back. */
export const RETRY_AFTER = 30

/**
 * Refuses a request because the store is unavailable. Whether the store has written what was sent may be
 * unknown: a new reader gets their cookie all the same, so that a vote sent again is theirs and not another's.
 */
export function refuseUnavailable(request: Request): Response {
  return json(errorBody('unavailable', messages.unavailable), 503, {
    ...newReaderHeaders(request),
    'retry-after': String(RETRY_AFTER),
  })
}
