// Tests lib/publishing/display-font.ts
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/site.ts'

const FONTS = '**/_next/static/fonts/*.woff2'

declare global {
  interface Window {
    shifts: number[]
  }
}

/** Opens the story with the display face two seconds late; returns how much moves for it. */
async function shiftOfSwap(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 })
  await page.goto('/')
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 100))),
  )
  return page.evaluate(() => window.shifts.reduce((sum, shift) => sum + shift, 0))
}

test('the display face comes late, and nothing moves', async ({ page }) => {
  await page.route(FONTS, async (route) => {
    await new Promise((wait) => setTimeout(wait, 2_000))
    await route.continue()
  })
  await page.addInitScript(() => {
    window.shifts = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        window.shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  for (const width of [320, 360, 390, 412, 480, 600, 768, 1000, 1280, 1920]) {
    expect(await shiftOfSwap(page, width), `${width} px`).toBe(0)
    const { painted, loaded } = await page.evaluate(() => {
      const [font] = performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith('.woff2')) as PerformanceResourceTiming[]
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      return { painted: paint!.startTime, loaded: font!.responseEnd }
    })
    expect(loaded - painted, 'no paint waits for it').toBeGreaterThan(1_000)
  }
})

test('the face is there for a year, in 8 KB', async ({ page, request }) => {
  const rules = (await (await request.get('/')).text()).match(/@font-face\{[^}]*\}/g)!
  const addresses = rules.flatMap((rule) => rule.match(/\/_next[^)]*/) ?? [])
  const answers = await Promise.all(addresses.map((address) => request.get(address)))
  const sizes = await Promise.all(answers.map(async (answer) => (await answer.body()).length))
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(8_192)
  for (const answer of answers)
    expect(answer.headers()).toMatchObject({
      'content-type': 'font/woff2',
      'cache-control': 'public,max-age=31536000,immutable',
    })
  await page.goto('/')
  await page.evaluate(() => document.fonts.ready)
  const loaded = await page.evaluate(() =>
    [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
  )
  // The system's fonts may have stood in for it.
  expect(loaded.filter((family) => family !== 'Display Fallback')).toEqual(['Display', 'Display'])
})

test('without the face the headline keeps its lines', async ({ page }) => {
  await page.goto('/')
  await page.evaluate(() => document.fonts.ready)
  const height = () =>
    page.getByRole('heading', { level: 1 }).evaluate((heading) => heading.clientHeight)
  const whole = await height()
  await page.route(FONTS, (route) => route.abort())
  await page.reload()
  await page.evaluate(() => document.fonts.ready)
  expect(await height()).toBe(whole)
})
test.use({ expectedNoise: [/ERR_FAILED/] })
