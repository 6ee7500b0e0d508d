import { readToken } from '#lib/api/challenge.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { identify } from '#lib/api/sender.ts'
import messages from '#messages/refusals.json' with { type: 'json' }

/**
 * Finds out who sends a request and by what form, and makes of that what the store needs to check limits
 * and bans.
 *
 * @param token the token of the form, if it came with one
 * @throws {RequestError} 409 when the token was not made here, or has expired, 429 when the network has sent
 *   too many proofs of work
 */
export async function admissionOf(request: Request, token: string | undefined) {
  const form = token === undefined ? undefined : await readToken(token, request)
  if (token !== undefined && !form)
    throw new RequestError(409, 'form_expired', messages.formExpired)
  const sender = await identify(request)
  const { isNew, networks, banNetworks } = sender
  const first = isNew ? { networks, proven: form?.proven ?? false } : undefined
  return { sender, form, admission: { token: form?.id, first, banNetworks } }
}
