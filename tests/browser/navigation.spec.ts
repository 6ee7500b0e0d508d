// Tests components/story/quick-navigation.tsx, components/story/reading-bar.tsx,
// lib/browser/reading/follow-reading.ts
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, openAwake, openComments, test, writeComments } from '#tests/support/site.ts'

const scrollTo = (page: Page, top: number) =>
  page.evaluate(
    (top) =>
      new Promise((done) => {
        window.scrollTo({ top, behavior: 'instant' })
        // What follows the scroll position does so in the next frame.
        requestAnimationFrame(() => setTimeout(done))
      }),
    top,
  )
const measureStory = (page: Page) =>
  page.locator('#story').evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return { top: top + scrollY, bottom: bottom + scrollY, screen: innerHeight }
  })
const navigation = (page: Page) => page.getByRole('navigation', { name: 'Quick Navigation' })
const opener = (page: Page) => page.getByRole('button', { name: 'Quick Navigation' })

/** What stands in the flow beside a floating control and lies below it, by their rectangles. */
function covered() {
  const control = document.querySelector('.quick-navigation > button')!
  if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return []
  const over = control.getBoundingClientRect()
  return [
    ...document.querySelectorAll('h1, #votes, #author, #comments, form, input, textarea, button'),
  ]
    .filter((element) => element !== control && element.checkVisibility())
    .filter((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      return left < over.right && over.left < right && top < over.bottom && over.top < bottom
    })
    .map(({ outerHTML }) => `${scrollY}: ${outerHTML.slice(0, 100)}`)
}

for (const [width, height] of [
  [320, 256],
  [360, 740],
  [768, 1024],
  [1024, 768],
] as const)
  test(`the one floating control covers neither headline, field nor button at ${width}×${height}`, async ({
    page,
    site,
  }) => {
    await writeComments(site.origin, 2)
    await page.setViewportSize({ width, height })
    await openComments(page)
    await expect(page.getByText('2 comments')).toBeVisible()
    const end = await page.evaluate(() => document.documentElement.scrollHeight)
    let seen = 0
    for (let top = 0; top < end; top += 90) {
      await scrollTo(page, top)
      expect(await page.evaluate(covered)).toEqual([])
      const floating = await page.evaluate(() =>
        [...document.querySelectorAll('body *:not(.quick-navigation)')]
          .filter(
            (element) =>
              /fixed|sticky/.test(getComputedStyle(element).position) &&
              element.checkVisibility({ visibilityProperty: true }) &&
              element.clientHeight > 0,
          )
          .map(({ outerHTML }) => outerHTML.slice(0, 100)),
      )
      expect(floating).toEqual([])
      if (await opener(page).isVisible()) seen++
    }
    expect(seen).toBeGreaterThan(3)
  })

test('the floating control gives way to what is to be pressed in the text', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.route('/', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/ story">.*?<\/div>/s, (text) =>
      text.replaceAll(' of ', ' of<button>1</button> '),
    )
    await route.fulfill({ response, body })
  })
  await openAwake(page)
  const { top, bottom } = await measureStory(page)
  let [shown, hidden] = [0, 0]
  for (let place = top + 300; place < bottom - 740; place += 45) {
    await scrollTo(page, place)
    expect(await page.evaluate(covered)).toEqual([])
    if (await opener(page).isVisible()) shown++
    else hidden++
  }
  expect(shown).toBeGreaterThan(0)
  expect(hidden).toBeGreaterThan(0)
})

test('on a page too short to scroll nothing is said to be scrolled', async ({ page }) => {
  await openAwake(page)
  await page.setViewportSize({ width: 360, height: 9_000 })
  const scrolled = await page.evaluate(() => {
    dispatchEvent(new Event('scroll'))
    return [
      document.documentElement.scrollHeight - innerHeight,
      getComputedStyle(document.querySelector('.quick-navigation')!).getPropertyValue('--scrolled'),
    ]
  })
  expect(scrolled).toEqual([0, '0'])
})

for (const [width, height] of [
  [1280, 720],
  [1366, 650],
] as const)
  test(`the contents stand beside the text, never cut, at ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await openAwake(page)
    await expect(opener(page)).toBeHidden()
    // Longer than the screen.
    for (const sections of [2, 60]) {
      await page.evaluate((sections) => {
        const list = document.querySelector('#contents li ol')!
        while (list.children.length < sections) list.append(list.lastElementChild!.cloneNode(true))
      }, sections)
      const { bottom, screen } = await measureStory(page)
      let last = bottom
      for (let top = 0; top < bottom; top += 90) {
        // Back a little: Now Reading is there.
        await scrollTo(page, top + 20)
        await scrollTo(page, top)
        const place = await page.evaluate(() => {
          const rect = (selector: string) =>
            document.querySelector(selector)!.getBoundingClientRect()
          const text = rect('.story')
          const [contents, bar] = [rect('#contents'), rect('.reading-bar > p')]
          return {
            isBeside: contents.right < text.left && contents.bottom <= rect('.columns').bottom + 8,
            isFirst: contents.top >= text.top - 8,
            clear: contents.top - bar.bottom,
            end: contents.bottom,
          }
        })
        expect(place).toMatchObject({ isBeside: true, isFirst: true })
        // Skips the end of the story, which pushes it up with the text.
        if (top < bottom - screen) expect(place.clear).toBeGreaterThanOrEqual(0)
        if (top > screen && top < bottom - screen) expect(place.end).toBeLessThanOrEqual(screen)
        expect(place.end).toBeLessThanOrEqual(last)
        last = Math.max(place.end, screen)
      }
    }
    await page.locator('#contents li ol a').last().focus()
    await expect(page.locator('#contents li ol a').last()).toBeInViewport({ ratio: 1 })
  })

for (const width of [360, 1280])
  test(`the contents lead to a section and mark it, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await openAwake(page)
    const current = navigation(page).locator('[aria-current=location]')
    const section = navigation(page).getByRole('link', { name: 'Diplomatic Efforts' })
    await expect(current).toHaveText(/^US Diplomats/)
    await scrollTo(page, 600)
    if (width < 1280) {
      await expect(section).toBeHidden()
      await opener(page).click()
    }
    await section.click()
    await expect(page.getByRole('heading', { name: 'Diplomatic Efforts' })).toBeInViewport()
    await expect(current).toHaveText(/^Diplomatic Efforts/)
    if (width < 1280) {
      await expect(section).toBeHidden()
      await opener(page).press('Enter')
      await page.keyboard.press('Tab')
      await expect(navigation(page).getByRole('link').first()).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(section).toBeHidden()
      await expect(opener(page)).toBeFocused()
    }
    // It is marked in ink, as the text is.
    await expect(current).toHaveCSS('color', 'rgb(27, 24, 21)')
    await expect(current).toHaveCSS('text-decoration-line', 'underline')
    // The comments are not a part of the story.
    await scrollTo(page, (await measureStory(page)).bottom)
    await expect(current).toHaveCount(0)
  })

test('To Top is in the contents, and at the foot of every page', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/')
  await expect(opener(page)).toBeHidden()
  await page.mouse.wheel(0, 900)
  await opener(page).click()
  await navigation(page).getByRole('link', { name: 'To Top' }).click()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
  await expect(page.locator('#top')).toBeFocused()
  await expect(opener(page)).toBeHidden()
  for (const path of ['/', '/comments', '/author', '/privacy']) {
    await page.goto(path)
    // The foot waits for the comments.
    await page.mouse.wheel(0, 9000)
    await page.getByRole('contentinfo').getByRole('link', { name: 'To Top' }).click()
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
    await expect(page.locator('#top')).toBeFocused()
  }
})

test('the contents move nothing while they are loaded', async ({ page, site }) => {
  const story = await (await fetch(site.origin)).text()
  const middle = story.indexOf('</li>', story.indexOf('<nav')) + '</li>'.length
  const gate = Promise.withResolvers<void>()
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') return response.writeHead(204).end()
    if (request.url !== '/') {
      const answer = await fetch(site.origin + request.url)
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      return response.end(Buffer.from(await answer.arrayBuffer()))
    }
    response.writeHead(200, { 'content-type': 'text/html' })
    response.write(story.slice(0, middle))
    await gate.promise
    response.end(story.slice(middle))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    await page.goto(`http://127.0.0.1:${port}`, { waitUntil: 'commit' })
    const first = navigation(page).locator('ol li').first()
    await expect(first).toBeVisible()
    const place = () => first.evaluate((element) => element.getBoundingClientRect().top)
    const before = await place()
    gate.resolve()
    await page.waitForLoadState()
    expect(await place()).toBe(before)
    const shifts = () =>
      new Promise<number>((done) => {
        new PerformanceObserver((list) => done(list.getEntries().length)).observe({
          type: 'layout-shift',
          buffered: true,
        })
        setTimeout(() => done(0), 500)
      })
    expect(await page.evaluate(shifts)).toBe(0)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the contents open, close and lead, and the line is drawn', async ({ page, site }) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(site.origin)
    await page.mouse.wheel(0, 700)
    await opener(page).click()
    const section = navigation(page).getByRole('link', { name: 'Diplomatic Efforts' })
    await page.keyboard.press('Escape')
    await expect(section).toBeHidden()
    await opener(page).click()
    await section.click()
    await expect(page.getByRole('heading', { name: 'Diplomatic Efforts' })).toBeInViewport()
    await expect.poll(() => readLine(page)).toBeGreaterThan(0.1)
  })
})

/** How much of the line along the top edge is drawn and seen, from 0 to 1. */
const readLine = (page: Page) =>
  page.locator('.reading-bar').evaluate((bar) => {
    const { scale, opacity, visibility } = getComputedStyle(bar, '::before')
    return visibility === 'visible' ? Number(scale.split(' ')[0]) * Number(opacity) : 0
  })

for (const hasTimelines of [true, false])
  test(`the line follows the story and leaves with it, with${hasTimelines ? '' : 'out'} timelines`, async ({
    page,
  }) => {
    await openAwake(page)
    if (!hasTimelines)
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync('*, ::before { animation: none !important }')
        document.adoptedStyleSheets = [sheet]
      })
    const { top, bottom, screen } = await measureStory(page)
    for (const [place, share] of [
      [0, 0],
      [top, 0],
      [(top + bottom - screen) / 2, 0.5],
      [bottom - screen, 1],
      [bottom, 0],
    ] as const) {
      await scrollTo(page, place)
      await expect.poll(() => readLine(page), `at ${place}`).toBeCloseTo(share, 1)
    }
  })

test('Now Reading comes while the reader scrolls back within the text, over no focus', async ({
  page,
}) => {
  await openAwake(page)
  const bar = page.getByRole('complementary', { name: 'Now Reading' })
  const { top, bottom, screen } = await measureStory(page)
  const back = async (place: number) => {
    await scrollTo(page, place + 50)
    await expect(bar).toBeHidden()
    await scrollTo(page, place)
  }
  await back(top)
  await expect(bar).toBeHidden()
  const middle = (top + bottom - screen) / 2
  await back(middle)
  await expect(bar).toBeVisible()
  await expect(bar).toBeInViewport({ ratio: 1 })
  const link = page.locator('#story a:not(nav a)').last()
  await link.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(link).toBeFocused()
  await scrollTo(page, middle + 100)
  await scrollTo(page, middle)
  await expect(bar).toBeHidden()
  await link.blur()
  await back(bottom - screen / 2)
  await expect(bar).toBeHidden()
  await back(bottom)
  await expect(bar).toBeHidden()
})

test('pages change into each other, and the name of the site stays', async ({ page }) => {
  await page.addInitScript(() => {
    addEventListener('pagereveal', ({ viewTransition }) => {
      void viewTransition?.ready.then(() => {
        const animations = document.getAnimations().filter(({ effect }) => {
          const { pseudoElement } = effect as KeyframeEffect
          return pseudoElement?.startsWith('::view-transition')
        })
        const durations = animations.map(({ effect }) => Number(effect!.getTiming().duration))
        Object.assign(window, { longest: Math.max(...durations) })
      })
    })
  })
  const longest = () => page.evaluate(() => (window as never as { longest?: number }).longest)
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await page.emulateMedia({ reducedMotion })
    await page.goto('/comments')
    for (const name of ['Author', 'Comments', 'The story']) {
      await page.getByRole('contentinfo').getByRole('link', { name, exact: true }).click()
      await page.waitForURL(name === 'The story' ? /\/$/ : `**/${name.toLowerCase()}`)
      if (reducedMotion === 'reduce') expect(await longest()).toBeUndefined()
      else {
        await expect.poll(longest, name).toBeGreaterThan(0)
        expect(await longest()).toBeLessThanOrEqual(200)
      }
    }
  }
})
