import { expect, test, vi } from 'vitest'

test('a budget that is used up is 429, and says when to come again', async () => {
  vi.stubEnv('NETWORK_PAGES_PER_MINUTE', '24')
  vi.stubEnv('NETWORK_READS_PER_MINUTE', '24')
  const { overBudget, requireBudget } = await import('#lib/api/budgets.ts')
  expect(overBudget('pages', '192.0.2.1')).toBeUndefined()
  requireBudget('pages', '192.0.2.1')
  expect(overBudget('pages', '192.0.2.1')).toMatchObject({
    status: 429,
    code: 'network_busy',
    retryAfter: 3,
    message: 'Many requests came from your network. Please try again in 3 seconds.',
  })
  expect(() => requireBudget('pages', '192.0.2.1')).toThrow(/^Many requests/)
  // Each budget has its own tokens.
  expect(overBudget('reads', '192.0.2.1')).toBeUndefined()
})

test('whoever allows more comments allows their texts', async () => {
  const { readSettings } = await import('#lib/settings/settings.ts')
  const texts = (environment: Record<string, string>) => readSettings(environment).budgets.texts
  expect(texts({})).toBe(120)
  expect(texts({ NETWORK_COMMENTS_PER_10_MINUTES: '5000' })).toBe(5_000)
})
