// Tests components/site/
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
        await expect(page.getByText('Please enter your name.')).toBeVisible()
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

test('points roll when they change, and nothing moves for it', async ({ page }) => {
  await openAwake(page)
  await page.locator('#votes').scrollIntoViewIfNeeded()
  await expect(page.getByText('0 People voted this article.')).toBeVisible()
  await page.evaluate(() => {
    Object.assign(window, { rolled: [], moved: 0 })
    const seen = window as never as { rolled: string[]; moved: number }
    addEventListener('animationstart', ({ animationName }) => seen.rolled.push(animationName))
    new PerformanceObserver((list) => {
      seen.moved += list.getEntries().length
    }).observe({ type: 'layout-shift' })
  })
  const up = page.getByRole('button', { name: 'Upvote', exact: true })
  for (const isPressed of ['true', 'false', 'true']) {
    await up.click()
    await expect(up).toHaveAttribute('aria-pressed', isPressed)
    await page.waitForTimeout(400)
  }
  const { rolled, moved } = await page.evaluate(() => {
    const { rolled, moved } = window as never as { rolled: string[]; moved: number }
    return { rolled, moved }
  })
  expect(rolled.filter((name) => name === 'roll')).toHaveLength(3)
  expect(moved).toBe(0)
  // One figure, not the old beside the new.
  await expect(page.locator('#votes form > p > [class^=roll]')).toHaveText('1')
})

test.describe('on every screen', () => {
  // A page that is missing is one of them.
  test.use({ expectedNoise: [/status of 404/] })

  for (const width of [320, 360, 768, 1024, 1280, 1366, 1920])
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
      for (const path of ['/', '/comments', '/author', '/privacy', '/missing', '/moderation']) {
        if (path === '/' || path === '/comments') {
          await openComments(page, path)
          await expect(page.getByText('2 comments')).toBeVisible()
        } else await page.goto(path)
        if (path === '/')
          await page.evaluate(() => {
            const headline = document.querySelector('h1')!
            headline.className = 'long'
            headline.textContent = `${'Rechtsschutzversicherungsgesellschaften und '.repeat(3)}mehr`
          })
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        )
        expect(wide, path).toBeLessThanOrEqual(0)
      }
    })
})

test('the first 4 KB say what the story is to programs that preview links', async ({ site }) => {
  const start = (await (await fetch(site.origin)).text()).slice(0, 4_096)
  for (const part of ['<title>', 'name="description"', 'property="og:title"', 'og:description'])
    expect(start).toContain(part)
  expect(start).toContain('<meta name="robots" content="max-image-preview:large"/>')
})

test('a link to a comment is previewed by its words, and may be gone back to', async ({ site }) => {
  const [comment] = await writeComments(site.origin, 1)
  const { id, name } = comment!
  const response = await fetch(`${site.origin}/comments?page=${id}`)
  const page = await response.text()
  expect(page).toContain(`<title>${name} on `)
  expect(page).toContain(
    'content="Letter number 1, with a link (https://example.org/1). And a quote."/>',
  )
  expect(page).toContain('<meta name="robots" content="noindex"/>')
  expect(page).not.toContain('ld+json')
  expect(response.headers.get('cache-control')).toBe('private, no-cache')
  expect(await (await fetch(`${site.origin}/comments`)).text()).toContain('<title>Comments on ')
})
