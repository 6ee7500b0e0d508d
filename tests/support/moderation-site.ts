import type { Page } from '@playwright/test'
import { openStore, type Store } from '#lib/store/index.ts'
import { NO_LIMITS } from '#scripts/testing/unlimited.ts'
import { expect, PASSWORD, test as base } from '#tests/support/site.ts'

export { PASSWORD }

/** Tests with a site that has a desk, and its store. */
export const test = base.extend<{ store: Store }>({
  store: async ({ site, databaseUrl }, use) => {
    expect(site.origin).toBeTruthy()
    const store = await openStore(databaseUrl, NO_LIMITS)
    await use(store)
    await store.close()
  },
})

export async function signIn(page: Page, name = 'Mia', password = PASSWORD): Promise<void> {
  await page.goto('/moderation')
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByLabel('Password').fill(password)
  const answer = page.waitForResponse('**/api/moderation/session')
  await page.getByRole('button', { name: 'Sign in' }).click()
  // Its cookie is kept by then: what follows may open another page at once.
  await answer
}

type New = Parameters<Store['addComment']>[0]

export async function write(store: Store, change: Partial<New> = {}): Promise<string> {
  const letter = {
    reader: 'ann',
    networks: ['net'],
    banNetworks: ['home'],
    name: 'Ann',
    text: 'Hello',
  }
  const added = await store.addComment({ ...letter, key: crypto.randomUUID(), ...change })
  if ('comment' in added) return added.comment.id
  throw new Error(`the comment was not added: ${JSON.stringify(added)}`)
}

/** A queue of three: two that are held, and one that is reported between them. */
export async function fillQueue(store: Store): Promise<string[]> {
  const first = await write(store, { name: 'Ann', text: 'One *held*', holdReason: 'links' })
  const second = await write(store, { reader: 'ben', name: 'Ben', text: 'Two, reported' })
  await store.addReport({ comment: second, reader: 'x', reason: 'spam', note: 'It sells shoes' })
  const third = await write(store, {
    reader: 'cem',
    name: 'Cem',
    text: 'Three',
    holdReason: 'word',
  })
  return [first, second, third]
}
