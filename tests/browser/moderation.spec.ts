// Tests components/moderation/, app/moderation/, lib/pages/load-moderation-pages.ts
import { rename } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '#tests/support/axe.ts'
import { fillQueue, PASSWORD, signIn, test, write } from '#tests/support/moderation-site.ts'
import { expect, openAwake, OWN_PAGE, startSite, test as plain } from '#tests/support/site.ts'

const item = (page: Page, name: string) => page.getByRole('article', { name, exact: true })
const alert = (page: Page) => page.getByRole('main').getByRole('alert')
const press = (page: Page, name: string, button: string) =>
  item(page, name).getByRole('button', { name: button, exact: true }).click()

plain.describe('a site without a password', () => {
  plain.use({ expectedNoise: [/status of 404/] })

  plain('has no desk, and says how to turn it on', async ({ page, databaseUrl }) => {
    const site = await startSite(databaseUrl)
    const response = await page.goto(`${site.origin}/moderation`)
    expect(response!.status()).toBe(404)
    await expect(page.getByText('Moderation is turned off.')).toContainText('MODERATOR_PASSWORD')
    await expect(page.locator('form')).toHaveCount(0)
    const signIn = await fetch(`${site.origin}/api/moderation/session`, {
      method: 'POST',
      headers: OWN_PAGE,
      body: new URLSearchParams({ act: 'sign-in', name: 'Mia', password: PASSWORD }),
    })
    expect(signIn.status).toBe(404)
    await page.close()
    await site.stop()
  })
})

plain('a password that is too short stops the start', async ({ databaseUrl }) => {
  await expect(startSite(databaseUrl, { MODERATOR_PASSWORD: 'hunter2' })).rejects.toThrow(
    'the server stopped with 1',
  )
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false, expectedNoise: [/status of 4(01|03|09|22|29)/] })

  test('a wrong password is told with its status, and the name is kept', async ({ page }) => {
    await page.goto('/moderation')
    const answer = page.waitForResponse('**/api/moderation/session')
    await signIn(page, 'Mia', 'another password')
    expect((await answer).status()).toBe(401)
    await expect(alert(page)).toHaveText('Wrong password. Please try again.')
    await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Mia')
    expect(await page.content()).not.toContain('another password')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL('/moderation')
    await expect(page.getByText('Nothing to review.')).toBeVisible()
  })

  test('signing in with nothing written is refused in our words', async ({ page }) => {
    await page.goto('/moderation')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Please enter your name.')).toBeVisible()
    await expect(page.getByText('Please enter the password.')).toBeVisible()
  })

  test('tries beyond the limit are told when to come back, with the name kept', async ({
    page,
    databaseUrl,
  }) => {
    const site = await startSite(databaseUrl, {
      MODERATOR_PASSWORD: PASSWORD,
      NETWORK_SIGN_INS_PER_10_MINUTES: '2',
    })
    await page.goto(`${site.origin}/moderation`)
    for (const status of [401, 401, 429]) {
      await page.getByRole('textbox', { name: 'Your name' }).fill('Mia')
      await page.getByLabel('Password').fill(status === 429 ? PASSWORD : 'another password')
      const answer = page.waitForResponse('**/api/moderation/session')
      await page.getByRole('button', { name: 'Sign in' }).click()
      expect((await answer).status()).toBe(status)
    }
    await expect(alert(page)).toHaveText(
      /Too many sign-in attempts. Please try again in 10 minutes. If you turn on JavaScript/,
    )
    await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Mia')
    await site.stop()
  })

  test('the queue is worked off by forms, one and many, and taken back', async ({
    page,
    store,
  }) => {
    await fillQueue(store)
    await signIn(page)
    await expect(page.getByRole('heading', { name: '3 to review' })).toBeVisible()
    await expect(page.getByRole('article').locator('h2')).toHaveText(['Ann', 'Ben', 'Cem'])
    await expect(item(page, 'Ann')).toContainText('It has too many links')
    await expect(item(page, 'Ann').locator('em')).toHaveText('held')
    await expect(item(page, 'Ben')).toContainText('Reported once: spam (1).')
    await expect(item(page, 'Ben')).toContainText('It sells shoes')

    await press(page, 'Ben', 'Approve')
    await expect(page.getByRole('status')).toContainText('You approved 1 comment (')
    await expect(item(page, 'Ben')).toHaveCount(0)
    // Until something is chosen it lies over no words that are to be judged.
    const many = page.locator('#decide-on-many')
    await expect(many).not.toHaveCSS('position', 'sticky')
    for (const name of ['Ann', 'Cem'])
      await page.getByRole('checkbox', { name: `Select the comment by ${name}` }).check()
    await expect(many).toHaveCSS('position', 'sticky')
    await many.getByRole('button', { name: 'Reject' }).click()
    await expect(page.getByText('Nothing to review.')).toBeVisible()
    await expect(page.getByRole('status')).toContainText('You rejected 2 comments (')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('heading', { name: '2 to review' })).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('heading', { name: '3 to review' })).toBeVisible()

    await page.getByRole('link', { name: 'Log' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: 'Mia' })).toContainText([
      /Mia undid the approval of a comment.*Comment by Ben/,
      /Mia undid the rejection of a comment.*Comment by (Ann|Cem)/,
      /Mia undid the rejection of a comment.*Comment by (Ann|Cem)/,
      /Mia rejected a comment.*Comment by (Ann|Cem).*Undone/,
      /Mia rejected a comment.*Comment by (Ann|Cem).*Undone/,
      /Mia approved a comment.*Comment by Ben.*Undone/,
    ])
  })

  test('a deleted comment is gone for readers until it is restored', async ({ page, store }) => {
    const id = await write(store, { text: 'Gone and back' })
    await signIn(page)
    await page.goto(`/moderation/comment?id=${id}`)
    await press(page, 'Ann', 'Delete')
    expect((await (await page.request.get('/api/comments')).json()).total).toBe(0)
    await expect(item(page, 'Ann')).toContainText('Gone and back')
    await press(page, 'Ann', 'Restore')
    await expect(page.getByRole('button', { name: 'Reject' })).toBeVisible()
    expect((await (await page.request.get('/api/comments')).json()).total).toBe(1)
    await page.getByRole('link', { name: 'View on the site' }).click()
    await expect(page.getByText('Gone and back')).toBeInViewport()
  })

  test('a second moderator is told how a comment stands, and nothing is doubled', async ({
    page,
    browser,
    site,
    store,
  }) => {
    await fillQueue(store)
    await signIn(page, 'Mia')
    const other = await (
      await browser.newContext({ baseURL: site.origin, javaScriptEnabled: false })
    ).newPage()
    await signIn(other, 'Ivo')
    await press(page, 'Ann', 'Approve')
    const answer = other.waitForResponse('**/api/moderation/decisions')
    await press(other, 'Ann', 'Reject')
    expect((await answer).status()).toBe(409)
    await expect(alert(other)).toHaveText(
      /^Not rejected\.\s+The comment by Ann is published\. Last changed by Mia, .+ UTC\.$/,
    )
    await expect(item(other, 'Ann')).toHaveCount(0)
    await expect(item(other, 'Ben')).toBeVisible()
    expect((await store.readAuditLog()).entries).toHaveLength(1)
    await other.context().close()
  })

  test('a reader is banned beside a comment, told so where they write, and let in again', async ({
    page,
    browser,
    site,
    store,
  }) => {
    const reader = await (
      await browser.newContext({ baseURL: site.origin, javaScriptEnabled: false })
    ).newPage()
    const send = async (text: string) => {
      await reader.goto('/comments')
      await reader.getByRole('textbox', { name: 'Name' }).fill('Ann')
      await reader.getByRole('textbox', { name: 'Comment' }).fill(text)
      const answer = reader.waitForResponse('**/api/comments')
      await reader.getByRole('button', { name: 'Post comment' }).click()
      return (await answer).status()
    }
    expect(await send('Before the ban')).toBe(303)
    const [written] = (await store.readComments())!.comments
    await signIn(page)
    await page.goto(`/moderation/comment?id=${written!.id}`)
    await page.getByRole('radio', { name: 'the network' }).check()
    await page.getByRole('combobox', { name: 'Duration' }).selectOption('1 week')
    await page.getByRole('button', { name: 'Ban', exact: true }).click()
    await expect(page.getByText(/^This reader’s network is banned until /)).toBeVisible()

    expect(await send('During the ban')).toBe(403)
    await expect(reader.getByText(/You cannot vote or comment here until .+ UTC\./)).toBeVisible()
    await expect(reader.getByRole('textbox', { name: 'Comment' })).toHaveValue('During the ban')
    await page.getByRole('link', { name: 'Bans' }).click()
    await expect(page.getByRole('main')).toContainText('The network of Ann is banned until')
    await page.getByRole('button', { name: 'Lift ban' }).click()
    await expect(page.getByText('Nobody is banned.')).toBeVisible()
    expect(await send('After the ban')).toBe(303)
    await reader.context().close()
  })

  test('of a comment that was erased it is not said that its writer deleted it', async ({
    page,
    browser,
    site,
    store,
  }) => {
    const id = await write(store, { holdReason: 'links' })
    await signIn(page)
    const other = await (
      await browser.newContext({ baseURL: site.origin, javaScriptEnabled: false })
    ).newPage()
    await signIn(other, 'Ivo')
    await page.goto(`/moderation/comment?id=${id}`)
    await page.getByRole('button', { name: 'Ban', exact: true }).click()
    await expect(page.getByText(/^This reader is banned until /)).toBeVisible()
    await page.getByRole('checkbox', { name: 'lift any bans based on them' }).check()
    await page.getByRole('button', { name: 'Erase reader’s data' }).click()
    await expect(page.getByText(/^Mia erased a reader/)).toBeVisible()
    await page.getByRole('link', { name: 'Bans' }).click()
    await expect(page.getByText('Nobody is banned.')).toBeVisible()

    const answer = other.waitForResponse('**/api/moderation/decisions')
    await press(other, 'Ann', 'Approve')
    expect((await answer).status()).toBe(409)
    await expect(alert(other)).toContainText('the reader’s data was erased.')
    await other.goto(`/moderation/comment?id=${id}`)
    await expect(item(other, 'Deleted comment')).toContainText('This reader’s data was erased')
    // There is nobody any more to ban or to have written something else.
    await expect(item(other, 'Deleted comment').getByRole('button')).toHaveCount(0)
    await expect(item(other, 'Deleted comment')).not.toContainText('The reader')
    await other.context().close()
  })

  test('comments are closed and words are listed at the desk, at once in another server', async ({
    page,
    databaseUrl,
  }) => {
    const other = await startSite(databaseUrl, { MODERATOR_PASSWORD: PASSWORD })
    const post = async (text: string) => {
      const response = await fetch(`${other.origin}/api/comments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...OWN_PAGE },
        body: JSON.stringify({ name: 'Ann', text, key: crypto.randomUUID() }),
      })
      return [response.status, ((await response.json()) as { status?: string }).status]
    }
    await signIn(page)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('radio', { name: /^Closed/ }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('radio', { name: /^Closed/ })).toBeChecked()
    await expect(page.getByRole('status')).toHaveText(
      'Saved. It takes effect at once, for everyone.',
    )
    expect(await post('Hello')).toEqual([403, undefined])
    await page.getByRole('radio', { name: /^Story default/ }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('textbox', { name: 'Words that hold' }).fill('casino\ncheap pills')
    await page.getByRole('button', { name: 'Save list' }).click()
    await expect(page.getByRole('textbox', { name: 'Words that hold' })).toHaveValue(
      'casino\ncheap pills',
    )
    expect(await post('Cheap, pills!')).toEqual([201, 'held'])
    expect(await post('Hello')).toEqual([201, 'published'])
    await other.stop()
  })

  test('a moderator answers as the author; a refused answer comes back on the desk as typed', async ({
    page,
    store,
  }) => {
    const id = await write(store, { text: 'A question?' })
    await signIn(page)
    await page.goto(`/moderation/comment?id=${id}`)
    const reply = page.getByRole('textbox', { name: 'Your reply' })
    const long = 'x'.repeat(5_001)
    await reply.fill(long)
    const answer = page.waitForResponse('**/api/comments')
    await page.getByRole('button', { name: 'Post as the author' }).click()
    expect((await answer).status()).toBe(422)
    await expect(page.getByRole('heading', { name: 'Moderation' })).toBeVisible()
    await expect(reply).toHaveValue(long)
    await expect(reply).toHaveAccessibleDescription(/has 5,001 characters/)
    await reply.fill('An **answer**.')
    await page.getByRole('button', { name: 'Post as the author' }).click()
    await expect(page).toHaveURL(/\/comments\?page=/)
    const { comments } = (await store.readComments())!
    expect(comments.find(({ parent }) => parent?.id === id)).toMatchObject({
      byAuthor: true,
      text: 'An **answer**.',
    })
    await page.goto('/moderation/log')
    await expect(page.getByRole('main')).toContainText('Mia replied as the author')
  })

  test('who is signed out meanwhile signs in again, and what was typed is not lost', async ({
    page,
    store,
  }) => {
    const id = await write(store)
    await signIn(page)
    await page.goto(`/moderation/comment?id=${id}`)
    await page.getByRole('textbox', { name: 'Your reply' }).fill('Long thought about')
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Post as the author' }).click()
    await expect(page.getByText('Long thought about')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()

    await signIn(page)
    await fillQueue(store)
    await page.goto('/moderation')
    await page.context().clearCookies()
    await press(page, 'Cem', 'Approve')
    await expect(alert(page)).toHaveText('You have been signed out. Please sign in again.')
    expect((await store.readAuditLog()).entries).toEqual([])
  })
})

test('a session is good at every server, and ends with a sign-out or another password', async ({
  page,
  databaseUrl,
  site,
}) => {
  const same = await startSite(databaseUrl, { MODERATOR_PASSWORD: PASSWORD })
  const changed = await startSite(databaseUrl, { MODERATOR_PASSWORD: `${PASSWORD}!` })
  await signIn(page)
  await expect(page.getByText('Nothing to review.')).toBeVisible()
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'desk')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  const isOpen = async ({ origin }: { origin: string }) => {
    const headers = { cookie: `desk=${cookie!.value}` }
    return (await (await fetch(`${origin}/moderation`, { headers })).text()).includes('Sign out')
  }
  expect([await isOpen(site), await isOpen(same), await isOpen(changed)]).toEqual([
    true,
    true,
    false,
  ])
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await isOpen(same)).toBe(false)
  await Promise.all([same.stop(), changed.stop()])
})

test('pages of the desk are kept by no cache, found by no search, and tell nobody anything', async ({
  site,
  store,
}) => {
  const [id] = await fillQueue(store)
  for (const path of ['', '/log', '/bans', '/settings', `/comment?id=${id}`]) {
    const response = await fetch(`${site.origin}/moderation${path}`)
    const { headers, status } = response
    expect([path, status]).toEqual([path, 200])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect(headers.get('content-security-policy')).toMatch(
      /script-src 'sha256-[^']+' 'sha256-[^']+' 'strict-dyn/,
    )
    const page = await response.text()
    expect(page).toContain('name="robots" content="noindex, nofollow"')
    expect(page).toContain('Sign in')
    expect(page).not.toMatch(/It sells shoes|One|Ann|Sign out/)
    const posted = await fetch(`${site.origin}/moderation${path}`, {
      method: 'POST',
      headers: OWN_PAGE,
    })
    expect([path, posted.status]).toEqual([path, 405])
  }
  expect((await fetch(`${site.origin}/moderation/nowhere`)).status).toBe(404)
})

test.describe('what cannot be shown', () => {
  test.use({ javaScriptEnabled: false, expectedNoise: [/status of (404|503)/] })

  test('is told with its status, and what was typed is not lost', async ({
    page,
    store,
    databaseUrl,
  }) => {
    const id = await write(store)
    await signIn(page)
    const nowhere = await page.goto(`/moderation/comment?id=${crypto.randomUUID()}`)
    expect(nowhere!.status()).toBe(404)
    await expect(page.getByText('Comment not found.')).toBeVisible()

    await page.goto(`/moderation/comment?id=${id}`)
    await page.getByRole('textbox', { name: 'Your reply' }).fill('Long thought about')
    const file = databaseUrl.slice('file:'.length)
    await rename(file, `${file}.away`)
    const answer = page.waitForResponse('**/api/comments')
    await page.getByRole('button', { name: 'Post as the author' }).click()
    expect((await answer).status()).toBe(503)
    await expect(page.getByText('Moderation is not available right now.')).toBeVisible()
    await expect(page.getByText('Long thought about')).toBeVisible()
    expect((await page.goto('/moderation'))!.status()).toBe(503)
    await rename(`${file}.away`, file)
    expect((await page.goto('/moderation'))!.status()).toBe(200)
    await expect(page.getByText('Nothing to review.')).toBeVisible()
  })
})

test.describe('by keyboard alone', () => {
  test.use({ expectedNoise: [/status of 409/] })

  test('the queue is worked off, many at once, and taken back', async ({ page, store }) => {
    await fillQueue(store)
    await page.goto('/moderation')
    await page.getByRole('textbox', { name: 'Your name' }).focus()
    await page.keyboard.type('Mia')
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: '3 to review' })).toBeVisible()
    await openAwake(page, '/moderation')
    const focused = (name: string) => expect(item(page, name)).toBeFocused()

    await page.keyboard.press('j')
    await focused('Ann')
    await page.keyboard.press('j')
    await focused('Ben')
    await page.keyboard.press('k')
    await focused('Ann')
    await page.keyboard.press('a')
    await expect(page.getByRole('heading', { name: '2 to review' })).toBeVisible()
    // The next one is at hand.
    await focused('Ben')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(page.getByRole('checkbox', { checked: true, name: 'Select' })).toHaveCount(2)
    await page.keyboard.press('d')
    await expect(page.getByText('Nothing to review.')).toBeVisible()
    await expect(page.getByRole('main').getByRole('status')).toContainText(
      'You deleted 2 comments (',
    )
    await openAwake(page, '/moderation')
    await page.keyboard.press('u')
    await expect(page.getByRole('heading', { name: '2 to review' })).toBeVisible()
    await openAwake(page, '/moderation')
    await page.keyboard.press('u')
    await expect(page.getByRole('heading', { name: '3 to review' })).toBeVisible()
    // Who decides by mouse comes back to the same place as well.
    await openAwake(page, '/moderation')
    await press(page, 'Ben', 'Approve')
    await focused('Cem')
    await openAwake(page, '/moderation')
    await page.keyboard.press('X')
    await expect(page.getByRole('checkbox', { checked: true, name: 'Select' })).toHaveCount(2)
    await page.keyboard.press('r')
    await expect(page.getByText('Nothing to review.')).toBeVisible()
  })

  test('a decision that comes too late is told in sight of the next one', async ({
    page,
    store,
  }) => {
    const ids: string[] = []
    for (const name of ['Ann', 'Ben', 'Cem', 'Dan', 'Eve', 'Fay'])
      ids.push(await write(store, { name, holdReason: 'links' }))
    await signIn(page)
    await openAwake(page, '/moderation')
    await store.decide({ id: ids[3]!, decision: 'refuse', moderator: 'Ivo', batch: 'b' })
    await press(page, 'Dan', 'Approve')
    await expect(item(page, 'Eve')).toBeFocused()
    await expect(item(page, 'Eve')).toBeInViewport({ ratio: 1 })
    const told = page.getByRole('alert').filter({ hasText: 'Not approved' })
    await expect(told).toBeInViewport({ ratio: 1 })
    const { y, height } = (await told.boundingBox())!
    expect((await item(page, 'Eve').boundingBox())!.y).toBeGreaterThanOrEqual(y + height)
  })

  test('the keys are explained, may be turned off, and leave fields alone', async ({
    page,
    store,
  }) => {
    await fillQueue(store)
    await signIn(page)
    await openAwake(page, '/moderation')
    await page.keyboard.press('?')
    await expect(page.getByText('Approve, reject or delete')).toBeVisible()
    const opener = (await page.getByText('Keyboard shortcuts', { exact: true }).boundingBox())!
    const keys = (await page.locator('dl').boundingBox())!
    // The ring around it takes six pixels.
    expect(keys.y - opener.y - opener.height).toBeGreaterThan(6)
    await item(page, 'Ben').getByText('Reply as the author').click()
    await page.getByRole('textbox', { name: 'Your reply' }).focus()
    await page.keyboard.type('a bad jar, dear')
    await expect(page.getByRole('textbox', { name: 'Your reply' })).toHaveValue('a bad jar, dear')
    await page.getByRole('checkbox', { name: 'Use keyboard shortcuts' }).uncheck()
    await item(page, 'Ann').focus()
    await page.keyboard.press('d')
    await page.keyboard.press('j')
    await expect(item(page, 'Ann')).toBeFocused()
    await openAwake(page, '/moderation')
    await page.keyboard.press('j')
    await expect(item(page, 'Ann')).not.toBeFocused()
    expect((await store.readAuditLog()).entries).toEqual([])
  })
})

test('what chooses a comment stands at the edge, beside its name', async ({ page, store }) => {
  await fillQueue(store)
  await signIn(page)
  const place = async (part: Locator) => (await part.boundingBox())!
  const box = await place(item(page, 'Ann').getByRole('checkbox'))
  const name = await place(item(page, 'Ann').getByRole('heading'))
  expect(box.x).toBeCloseTo((await place(item(page, 'Ann'))).x, 0)
  expect(name.x - box.x - box.width).toBeCloseTo(15, 0)
  expect(Math.abs(box.y + box.height / 2 - name.y - name.height / 2)).toBeLessThan(2)
})

for (const [width, colorScheme] of [
  [360, 'light'],
  [1280, 'dark'],
] as const)
  test.describe(`at ${width} px, ${colorScheme}`, () => {
    test.use({ expectedNoise: [/status of 4(01|09)/] })

    test('axe finds nothing, and nothing is wider than the page', async ({ page, store }) => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const [first, second] = await fillQueue(store)
      await write(store, { name: 'W'.repeat(80), text: 'x'.repeat(500), holdReason: 'all' })
      await page.goto('/moderation')
      await expectAccessible(page)
      await signIn(page, 'Mia', 'another password')
      await expect(alert(page)).toBeVisible()
      await expectAccessible(page)
      await signIn(page, 'M'.repeat(80))
      await press(page, 'Cem', 'Reject')
      await store.addBan({ comment: first!, kind: 'reader', time: '1 day', moderator: 'Mia' })
      for (const path of ['', `/comment?id=${second}`, '/log', '/bans', '/settings']) {
        await page.goto(`/moderation${path}`)
        await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
        await expectAccessible(page)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      }
      await page.goto('/moderation')
      for (const summary of await page.locator('summary').all()) await summary.click()
      await expectAccessible(page)
    })
  })
