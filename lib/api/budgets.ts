import { limitError } from '#lib/api/limit-error.ts'
import { networksOf } from '#lib/api/network.ts'
import { TokenBuckets } from '#lib/api/token-buckets.ts'
import type { RequestError } from '#lib/http/request-error.ts'
import type { Budget } from '#lib/settings/limits.ts'
import { getSettings } from '#lib/settings/settings.ts'

const buckets = new Map<Budget, TokenBuckets>()

/**
 * Takes one answer from what a network may ask of this process.
 *
 * @param address the client's
 * @returns the refusal, a 429, when the budget is used up
 */
export function overBudget(budget: Budget, address: string): RequestError | undefined {
  if (!buckets.has(budget)) buckets.set(budget, new TokenBuckets(getSettings().budgets[budget]))
  const retryAfter = buckets.get(budget)!.take(networksOf(address))
  if (retryAfter !== undefined) return limitError({ limit: 'requests', retryAfter })
}

/**
 * Takes one answer from what a network may ask of this process.
 *
 * @throws {RequestError} 429 when the budget is used up
 */
export function requireBudget(budget: Budget, address: string): void {
  const refusal = overBudget(budget, address)
  if (refusal) throw refusal
}
