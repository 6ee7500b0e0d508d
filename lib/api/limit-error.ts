import { formatMoment } from '#lib/i18n/dates.ts'
import { fill, plural, uiLanguage } from '#lib/i18n/messages.ts'
import { RequestError } from '#lib/http/request-error.ts'
import type { Refusal } from '#lib/settings/limits.ts'
import messages from '#messages/limits.json' with { type: 'json' }

/**
 * Refuses an action that the store did not admit.
 *
 * @throws {RequestError} 429 over a limit, 403 banned, 409 when the form was used already
 */
export function refuseLimited<Done extends object>(result: Done | Refusal): asserts result is Done {
  if ('limit' in result) throw limitError(result)
}

/** Makes the error of an action that was not admitted: 429 over a limit, 403 banned, 409 the form was used already. */
export function limitError(refusal: Refusal): RequestError {
  const { limit, retryAfter } = refusal
  const message = refusalSentence(refusal)
  if (limit === 'token') return new RequestError(409, 'form_used', message)
  if (limit === 'banned') return new RequestError(403, 'banned', message)
  return new RequestError(429, CODES[limit] ?? 'too_many', message, { retryAfter })
}

/** The code of a refusal because a network has used up a budget of `lib/api/budgets.ts`. */
export const NETWORK_BUSY = 'network_busy'

const CODES: Partial<Record<Refusal['limit'], string>> = {
  readers: 'proof_required',
  networkSignIns: 'proof_required',
  signIns: 'proof_required',
  requests: NETWORK_BUSY,
}

/** Says to a reader why an action is refused and when it may be tried again. */
function refusalSentence({ limit, retryAfter }: Refusal): string {
  const isSignIn = limit === 'networkSignIns' || limit === 'provenSignIns'
  const message = isSignIn ? messages.signIns : messages[limit]
  const moment = formatMoment(Date.now() + retryAfter * 1_000, uiLanguage)
  return fill(message, { again: againSentence(retryAfter), moment })
}

/** Says when to try again, such as "Please try again in 5 minutes." */
function againSentence(seconds: number): string {
  return seconds < 90
    ? plural(messages.againInSeconds, seconds)
    : plural(messages.againInMinutes, Math.ceil(seconds / 60))
}
