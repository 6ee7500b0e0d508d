// Tests components/offline/, lib/browser/offline/, app/offline/, lib/publishing/build-service-worker.ts
import type { Page } from '@playwright/test'
import type { Comment } from '#lib/comments/comment.ts'
import { startProxy } from '#tests/support/proxy.ts'
import { expect, openAwake, test } from '#tests/support/site.ts'

test.use({
  serviceWorkers: 'allow',
  expectedNoise: [/ERR_\w+|status of (403|404|503)/],
})

const notice = (page: Page) => page.getByRole('complementary', { name: 'Connection' })

/** A visit that gives intent, until the story is kept. */
async function visit(page: Page, address = '/'): Promise<void> {
  await openAwake(page, address)
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    while (active!.state !== 'activated')
      await new Promise((done) => active!.addEventListener('statechange', done, { once: true }))
  })
}

async function comments(origin: string): Promise<Comment[]> {
  return (await (await fetch(`${origin}/api/comments`)).json()).comments
}

async function write(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('textbox', { name: 'Comment' }).fill(text)
  await page.getByRole('button', { name: 'Post comment' }).click()
}

/** Whether something was sent that no page has told of. */
function readNote(): Promise<boolean | undefined> {
  return new Promise((done, fail) => {
    const opened = indexedDB.open('broadside')
    opened.onerror = () => fail(opened.error)
    opened.onsuccess = () => {
      const read = opened.result.transaction('outbox').objectStore('outbox').get('sent')
      read.onsuccess = () => done(read.result)
    }
  })
}

test('after one visit the story opens without a network, and keeps what is done for later', async ({
  page,
  context,
  site,
}) => {
  await visit(page)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByText(/^Overall, the US is taking/)).toBeAttached()
  await expect(notice(page)).toContainText(/You are offline\.\s*This copy of the story is from/)
  const upvote = page.getByRole('button', { name: 'Upvote', pressed: true })
  await page.getByRole('button', { name: 'Upvote' }).click()
  await expect(upvote).toBeAttached()
  await write(page, 'Ann', 'From the train')
  await expect(notice(page)).toContainText(
    '1 vote and 1 comment will be sent when you are back online.',
  )
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('')

  await page.reload()
  await expect(notice(page)).toContainText(
    '1 vote and 1 comment will be sent when you are back online.',
  )
  await expect(upvote).toBeAttached()
  await notice(page).getByText('Show what has not been sent').click()
  await expect(notice(page)).toContainText('From the train')
  await expect(notice(page)).toContainText('Upvote on the story')
  // A second tab waits with it, and sends nothing twice.
  const other = await context.newPage()
  await openAwake(other)
  await expect(notice(other)).toContainText(
    '1 vote and 1 comment will be sent when you are back online.',
  )
  expect(await comments(site.origin)).toEqual([])

  await context.setOffline(false)
  await expect(notice(page)).toContainText('Everything has been sent.')
  await expect(notice(other)).toContainText('Everything has been sent.')
  await expect(page.getByText('1 Person voted this article.')).toBeAttached()
  await expect(upvote).toBeAttached()
  expect(await (await fetch(`${site.origin}/api/votes`)).json()).toMatchObject({ up: 1, down: 0 })
  expect((await comments(site.origin)).map(({ text }) => text)).toEqual(['From the train'])
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await expect(page.getByRole('article', { name: 'Ann' })).toContainText('From the train')
})

test('the notice takes the width of the page, clear of the floating control', async ({
  page,
  context,
}) => {
  await openAwake(page)
  await page.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }))
  await context.setOffline(true)
  await expect(notice(page)).toBeVisible()
  for (const width of [320, 360, 768, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 740 })
    const [text, control, column] = await page.evaluate(() => {
      const said = document.createRange()
      said.selectNodeContents(document.querySelector('#network')!)
      const rect = (selector: string) => document.querySelector(selector)!.getBoundingClientRect()
      return [
        said.getBoundingClientRect().toJSON(),
        rect('.quick-navigation > button').toJSON(),
        rect('#story').toJSON(),
      ]
    })
    const isClear = text.right <= control.left || text.bottom <= control.top || !control.width
    expect(isClear, `${width}`).toBe(true)
    expect(text.left, `${width}`).toBeCloseTo(column.left, 0)
    // But for the control.
    expect(text.width, `${width}`).toBeGreaterThanOrEqual(column.width - 80)
  }
})

test('other pages say that there is no network, and lead to the story', async ({
  page,
  context,
}) => {
  await visit(page)
  await context.setOffline(true)
  await page.goto('/comments')
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible()
  await expect(page.getByText('Comments and other pages need a connection.')).toBeVisible()
  await page.getByRole('link', { name: 'Read the saved story' }).click()
  await expect(page.getByText(/^Overall, the US is taking/)).toBeAttached()
  // The desk and the interface are nobody's to keep.
  const kept = await page.evaluate(async () => {
    const names = await caches.keys()
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return lists.flat().map(({ url }) => new URL(url).pathname)
  })
  expect(kept).toContain('/')
  expect(kept.filter((path) => /^\/(api|moderation|comments)|atom$/.test(path))).toEqual([])
})

test('an answer that is lost on its way doubles nothing', async ({ page, context, site }) => {
  await visit(page)
  let lost = 0
  await context.route(/\/api\/(votes|comments)$/, async (route) => {
    if (route.request().method() !== 'POST' || lost++ >= 4) return route.continue()
    // The server has it, and the reader never hears of it.
    await route.fetch()
    await route.abort()
  })
  await page.getByRole('button', { name: 'Upvote' }).click()
  await expect(notice(page)).toContainText('1 vote will be sent when you are back online.')
  await write(page, 'Ben', 'Said once')
  await expect(async () => {
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect(notice(page)).toContainText('Everything has been sent.', { timeout: 500 })
  }).toPass()
  expect(lost).toBeGreaterThan(4)
  expect(await (await fetch(`${site.origin}/api/votes`)).json()).toMatchObject({ up: 1, down: 0 })
  expect((await comments(site.origin)).map(({ text }) => text)).toEqual(['Said once'])
})

test('what the server will not have comes back with its reason and its words', async ({
  page,
  context,
  site,
}) => {
  await visit(page)
  await context.setOffline(true)
  await write(page, 'Cleo', 'Too late')
  await expect(notice(page)).toContainText('1 comment will be sent when you are back online.')
  await context.route('**/api/comments', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 403,
          json: { error: { code: 'comments_closed', message: 'The comments are closed.' } },
        })
      : route.continue(),
  )
  await context.setOffline(false)
  await expect(notice(page)).toContainText('Not accepted: The comments are closed.')
  await expect(notice(page)).toContainText('Too late')
  await notice(page).getByRole('button', { name: 'Edit' }).click()
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('Too late')
  await expect(notice(page)).not.toContainText('Not accepted')
  expect(await comments(site.origin)).toEqual([])
})

test('a change of one’s own comment is refused at once without a network, and its words are kept', async ({
  page,
  context,
  site,
}) => {
  await visit(page)
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await write(page, 'Dora', 'First words')
  const own = page.getByRole('article', { name: 'Dora' })
  await expect(own).toContainText('First words')

  await context.setOffline(true)
  await own.getByRole('link', { name: 'Edit' }).click()
  await own.getByRole('textbox').fill('Second words')
  await own.getByRole('button', { name: 'Save changes' }).click()
  await expect(own.getByRole('alert')).toHaveText(
    'Your changes were not saved. We could not reach the server. Please check your connection.',
  )
  await expect(own.getByRole('textbox')).toHaveValue('Second words')
  await own.getByRole('link', { name: 'Delete' }).click()
  await own.getByRole('button', { name: 'Delete' }).click()
  await expect(own.getByRole('alert')).toHaveText(/^We could not reach the server\./)
  await expect(notice(page)).toHaveText('You are offline.')

  await context.setOffline(false)
  await expect(notice(page)).toContainText('You are back online.')
  expect((await comments(site.origin)).map(({ text }) => text)).toEqual(['First words'])
  await own.getByRole('link', { name: 'Edit' }).click()
  await expect(own.getByRole('textbox')).toHaveValue('Second words')
  await own.getByRole('button', { name: 'Save changes' }).click()
  await expect(own.getByText('edited', { exact: true })).toBeVisible()
  expect((await comments(site.origin)).map(({ text }) => text)).toEqual(['Second words'])
})

test('a form sent before its script runs waits too, and what is discarded is not sent', async ({
  page,
  context,
  site,
}) => {
  await visit(page)
  await context.setOffline(true)
  await page.goto('/')
  await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('#leave-a-reply')!
    const { name, text } = form.elements as unknown as Record<string, HTMLInputElement>
    name!.value = 'Eve'
    text!.value = 'Too quick'
    form.requestSubmit()
  })
  await expect(notice(page)).toContainText('1 comment will be sent when you are back online.')
  await write(page, 'Eve', 'Second thought')
  await expect(notice(page)).toContainText('2 comments will be sent when you are back online.')
  await notice(page).getByText('Show what has not been sent').click()
  await notice(page)
    .getByRole('listitem')
    .filter({ hasText: 'Too quick' })
    .getByRole('button', { name: 'Discard' })
    .click()
  await expect(notice(page)).toContainText('1 comment will be sent when you are back online.')

  // Where no script takes it, the browser sends it: it is told that it was not, and goes back to it.
  await page.getByRole('textbox', { name: 'Comment' }).fill('By hand')
  await page.evaluate(() => document.querySelector<HTMLFormElement>('#leave-a-reply')!.submit())
  await expect(page.getByText(/^If you just sent something, it did not go through/)).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('By hand')
  await page.evaluate(() => dispatchEvent(new Event('pointermove')))
  expect(await comments(site.origin)).toEqual([])
  await context.setOffline(false)
  await expect(notice(page)).toContainText('Everything has been sent.')
  expect((await comments(site.origin)).map(({ text }) => text)).toEqual(['Second thought'])
})

test('what waits is sent by the browser when the page is closed, and told once at the next visit', async ({
  page,
  context,
  site,
}) => {
  const session = await context.newCDPSession(page)
  const registered = new Promise<string>((found) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) =>
      registrations.forEach(({ registrationId }) => found(registrationId)),
    ),
  )
  await session.send('ServiceWorker.enable')
  await visit(page)
  await context.setOffline(true)
  await write(page, 'Finn', 'On my way')
  await expect(notice(page)).toContainText('1 comment will be sent when you are back online.')
  const tags = await page.evaluate(async () => {
    const { sync } = (await navigator.serviceWorker.ready) as unknown as {
      sync: { getTags(): Promise<string[]> }
    }
    return sync.getTags()
  })
  expect(tags).toEqual(['outbox'])
  await page.goto('about:blank')
  await context.setOffline(false)
  expect(await comments(site.origin)).toEqual([])
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin: site.origin,
    registrationId: await registered,
    tag: 'outbox',
    lastChance: false,
  })
  await expect
    .poll(async () => (await comments(site.origin)).map(({ text }) => text))
    .toEqual(['On my way'])
  await visit(page)
  await expect(notice(page)).toContainText('Everything has been sent.')
  expect(await page.evaluate(readNote)).toBe(false)
  await visit(page)
  await expect(notice(page)).toBeHidden()
})

test('a new edition is shown at once and kept, and the kept one where the network is hopeless', async ({
  page,
  context,
  site,
}) => {
  const proxy = await startProxy(site.origin)
  await visit(page, proxy.origin)
  proxy.edit = (path, text) =>
    path === '/'
      ? text.replace('Overall, the US', 'Corrected: the US')
      : path === '/sw.js'
        ? `${text}\n// the second edition`
        : text
  // Anew, not by a reload: that would ask the server in any case.
  const other = await context.newPage()
  await other.goto(proxy.origin)
  await expect(other.locator('.story').getByText(/^Corrected: the US/)).toBeAttached()
  await other.close()

  await context.setOffline(true)
  await page.close()
  page = await context.newPage()
  await page.goto(proxy.origin)
  await expect(page.locator('.story').getByText(/^Corrected: the US/)).toBeAttached()
  await expect(notice(page)).toContainText('You are offline.')
  await context.setOffline(false)
  await expect(notice(page)).toContainText('You are back online.')

  proxy.holds = () => true
  await page.reload()
  await expect(page.locator('.story').getByText(/^Corrected: the US/)).toBeAttached()
  await expect(notice(page)).toContainText('The site cannot be reached right now.')
  await proxy.stop()
})

test('what comes in place of the story for a time never replaces the copy', async ({
  page,
  context,
  site,
}) => {
  const proxy = await startProxy(site.origin)
  await visit(page, proxy.origin)
  const html = { 'content-type': 'text/html' }
  for (const answer of [
    { status: 302, headers: { location: '/maintenance' }, body: '' },
    { status: 200, headers: html, body: '<h1>Back soon</h1>' },
    { status: 404, headers: html, body: '<h1>Back soon</h1>' },
    { status: 503, headers: html, body: '<h1>Back soon</h1>' },
  ]) {
    proxy.answer = (path) =>
      path === '/maintenance'
        ? { status: 200, headers: html, body: '<h1>Back soon</h1>' }
        : path === '/'
          ? answer
          : undefined
    await page.goto(proxy.origin)
    await expect(page.getByText(/Back soon|^Overall, the US is taking/)).toBeAttached()
    await context.setOffline(true)
    await page.goto(proxy.origin)
    await expect(page.getByText(/^Overall, the US is taking/), String(answer.status)).toBeAttached()
    await context.setOffline(false)
  }
  await proxy.stop()
})
