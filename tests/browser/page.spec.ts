// Tests components/site/, components/story/quick-navigation.tsx, components/story/reading-bar.tsx
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expectAccessibleInLightAndDark } from '#tests/support/axe.ts'
import {
  expect,
  openAwake,
  openComments,
  OWN_PAGE,
  test,
  writeComments,
} from '#tests/support/site.ts'

test.describe('in every state', () => {
  // A page that is missing is one of them.
  test.use({ expectedNoise: [/status of 404/] })

  for (const width of [360, 1280])
    test(`axe finds nothing at ${width} px, in light and dark`, async ({ page, site }) => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await writeComments(site.origin, 3)
      for (const path of ['/', '/comments']) {
        await openComments(page, path)
        await expect(page.getByText('3 comments')).toBeVisible()
        await expectAccessibleInLightAndDark(page, path)
        await page.getByRole('button', { name: 'Post comment' }).click()
        await expect(page.getByText('Please write your name.')).toBeVisible()
        await expectAccessibleInLightAndDark(page, `${path}, refused`)
      }
      const erasure = ['/privacy', '/privacy#erased', '/privacy#nothing-kept']
      for (const path of [...erasure, '/author', '/offline', '/missing']) {
        await page.goto(path)
        await expectAccessibleInLightAndDark(page, path)
      }
    })
})

test('nothing moves from load to the last comment, and nothing is heard before it is near', async ({
  page,
  site,
}) => {
  await writeComments(site.origin, 60)
  const requested: string[] = []
  page.on('request', (request) => requested.push(new URL(request.url()).pathname))
  await page.addInitScript(() => {
    Object.assign(window, { shifts: [] })
    new PerformanceObserver((list) => {
      for (const { startTime, sources } of list.getEntries() as never as LayoutShift[]) {
        // What was out of sight has no height.
        const seen = sources.map(({ previousRect }) => previousRect).filter(({ height }) => height)
        const top = Math.min(...seen.map(({ top }) => top + scrollY))
        ;(window as never as Shifts).shifts.push({ startTime, top })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await openAwake(page)
  await expect(page.getByText('0 People voted this article.')).toBeAttached()
  expect(requested).not.toContain('/api/live')
  for (let y = 0; y < 6000; y += 400) await page.mouse.wheel(0, 400)
  const older = page.getByRole('link', { name: 'Older comments' })
  await older.scrollIntoViewIfNeeded()
  await older.focus()
  /** After what the next frame moves. */
  const now = () =>
    page.evaluate(
      () =>
        new Promise<number>((done) =>
          requestAnimationFrame(() => setTimeout(() => done(performance.now()))),
        ),
    )
  const above = page.getByRole('article', { name: 'Reader 11', exact: true })
  const endOf = () => above.evaluate((one) => one.getBoundingClientRect().bottom + scrollY)
  const [asked, end] = [await now(), await endOf()]
  await page.keyboard.press('Enter')
  const last = page.getByRole('article', { name: 'Reader 1', exact: true })
  await last.waitFor()
  const [came, endThen] = [await now(), await endOf()]
  expect(endThen).toBeCloseTo(end)
  await last.scrollIntoViewIfNeeded()
  await expect(last).toBeInViewport()
  // What the reader asks for moves what is below it, whenever it comes.
  const shifts = await page.evaluate(() => (window as never as Shifts).shifts)
  const isAsked = ({ startTime, top }: Shift) =>
    startTime >= asked && startTime <= came && top >= Math.floor(end)
  expect(shifts.filter((shift) => !isAsked(shift))).toEqual([])
  await expect.poll(() => requested).toContain('/api/live')
})
type LayoutShift = { startTime: number; sources: { previousRect: DOMRect }[] }
/** When, and how far down the page was the highest of what moved. */
type Shift = { startTime: number; top: number }
type Shifts = { shifts: Shift[] }

test('Quick Navigation is seen when it is whole, and grows under nobody’s eyes', async ({
  page,
  site,
}) => {
  const story = await (await fetch(site.origin)).text()
  const middle = story.indexOf('</li>', story.indexOf('<nav')) + '</li>'.length
  const gate = Promise.withResolvers<void>()
  const server = createServer(async (request, response) => {
    response.writeHead(request.url === '/' ? 200 : 204, { 'content-type': 'text/html' })
    if (request.url !== '/') return response.end()
    response.write(story.slice(0, middle))
    await gate.promise
    response.end(story.slice(middle))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    await page.goto(`http://127.0.0.1:${port}`, { waitUntil: 'commit' })
    const navigation = page.locator('nav')
    await expect(navigation.locator('ol li').first()).toBeAttached()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(navigation).toHaveCSS('visibility', 'hidden')
    gate.resolve()
    await expect(navigation).toHaveCSS('visibility', 'visible')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('Now Reading follows the story and leaves with it', async ({ page }) => {
  await page.goto('/')
  const bar = page.getByRole('complementary', { name: 'Now Reading' })
  const line = page.locator('.reading-line')
  const read = () =>
    line.evaluate((element) => Number(getComputedStyle(element).scale.split(' ')[0]))
  const scrollTo = (y: number) =>
    page.evaluate((top) => window.scrollTo({ top, behavior: 'instant' }), y)
  const story = await page.locator('#story').evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return { top, bottom, screen: window.innerHeight }
  })
  await expect(bar).toBeHidden()

  await scrollTo(story.top)
  await expect.poll(read).toBeCloseTo(0, 1)
  await scrollTo((story.top + story.bottom - story.screen) / 2)
  await expect(bar).toBeVisible()
  await expect(bar).toContainText('US Diplomats Urged to Counter')
  await expect.poll(read).toBeCloseTo(0.5, 1)
  await scrollTo(story.bottom - story.screen)
  await expect.poll(read).toBeCloseTo(1, 1)
  await scrollTo(story.bottom)
  await expect(bar).toBeHidden()
})

test('To Top comes after 300 px and takes scroll and focus up', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/')
  const toTop = page.getByRole('link', { name: 'To Top' })
  await expect(toTop).toBeHidden()
  await page.mouse.wheel(0, 900)
  await expect(toTop).toBeVisible()
  await toTop.click()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
  await expect(page.locator('#top')).toBeFocused()
})

for (const width of [360, 1280])
  test(`Quick Navigation leads to a section and marks it, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await openAwake(page)
    await expect(page.getByText('0 People voted this article.')).toBeAttached()
    const navigation = page.getByRole('navigation', { name: 'Quick Navigation' })
    const section = navigation.getByRole('link', { name: 'Diplomatic Efforts' })
    await expect(navigation.locator('[aria-current]')).toHaveText(/^US Diplomats/)
    if (width < 1280) {
      await expect(section).toBeHidden()
      await navigation.locator('summary').click()
    }
    await section.click()
    await expect(page.getByRole('heading', { name: 'Diplomatic Efforts' })).toBeInViewport()
    await expect(navigation.locator('[aria-current]')).toHaveText(/^Diplomatic Efforts/)
    if (width < 1280) {
      await expect(section).toBeHidden()
      const summary = navigation.locator('summary')
      await summary.press('Enter')
      await section.focus()
      await page.keyboard.press('Escape')
      await expect(section).toBeHidden()
      await expect(summary).toBeFocused()
    }
  })

for (const width of [320, 768, 1920])
  test(`nothing is wider than a screen of ${width} px`, async ({ page, site }) => {
    await writeComments(site.origin, 1)
    await fetch(`${site.origin}/api/comments`, {
      method: 'POST',
      headers: OWN_PAGE,
      body: new URLSearchParams({
        name: 'W'.repeat(80),
        text: `${'w'.repeat(300)}\n\n    ${'c'.repeat(300)}`,
      }),
    })
    await page.setViewportSize({ width, height: 800 })
    for (const path of ['/', '/comments']) {
      await openComments(page, path)
      await expect(page.getByText('2 comments')).toBeVisible()
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      )
      expect(wide).toBeLessThanOrEqual(0)
    }
  })
