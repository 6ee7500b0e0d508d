// Tests components/ui/
import type { BrowserContext, Page } from '@playwright/test'
import { parse } from 'postcss'
import { appearanceStyle } from '#lib/browser/reading/appearance.ts'
import { expectAccessible, makeAxe } from '#tests/support/axe.ts'
import { fillQueue, signIn, test, write } from '#tests/support/moderation-site.ts'
import { expect, openAwake, openComments, writeComments } from '#tests/support/site.ts'

test.use({ expectedNoise: [/status of 404|ERR_INTERNET_DISCONNECTED/] })

const PAGES = ['/', '/comments', '/privacy', '/author', '/offline', '/missing']
const DESK = ['/moderation', '/moderation/log', '/moderation/bans', '/moderation/settings']

/** Puts forms, replies and notices on the page that stand there only at times. */
async function unfold(page: Page): Promise<void> {
  const comment = page.getByRole('article', { name: 'Reader 1', exact: true })
  if (await comment.count()) {
    for (const act of ['Report', 'Reply']) {
      await comment.getByRole('link', { name: new RegExp(`^${act} `) }).click()
      await comment.locator('form').last().waitFor()
    }
  }
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
    const opener = document.querySelector<HTMLElement>('.quick-navigation > button')
    if (opener?.checkVisibility()) opener.click()
  })
}

/** What can be pressed, is no part of a sentence and is smaller than a fingertip. */
function smallTargets(): string[] {
  const targets = 'a[href], button, select, textarea, summary, input:not([type=hidden])'
  return [...document.querySelectorAll<HTMLElement>(targets)]
    .filter((target) => target.checkVisibility({ visibilityProperty: true }))
    .filter((target) => !target.closest('[aria-hidden]') && !isInSentence(target))
    .map((target) => [target, target.closest('label') ?? target] as const)
    .filter(([, { offsetWidth, offsetHeight }]) => offsetWidth < 44 || offsetHeight < 44)
    .map(([{ outerHTML }, { offsetWidth, offsetHeight }]) =>
      [offsetWidth, offsetHeight, outerHTML.slice(0, 150)].join(' '),
    )

  function isInSentence(target: HTMLElement): boolean {
    if (getComputedStyle(target).display !== 'inline') return false
    let block = target.parentElement!
    while (getComputedStyle(block).display === 'inline') block = block.parentElement!
    return block.innerText.trim().length > target.innerText.trim().length
  }
}

for (const width of [360, 1280])
  test(`every target is 44 px at least, at ${width} px`, async ({ page, site, store }) => {
    const [first] = await writeComments(site.origin, 2)
    await write(store, { name: 'Ben', text: 'An answer', parent: first!.id })
    await fillQueue(store)
    await page.setViewportSize({ width, height: 800 })
    for (const path of PAGES) {
      if (path === '/' || path === '/comments') await openComments(page, path)
      else await page.goto(path)
      await unfold(page)
      expect(await page.evaluate(smallTargets), path).toEqual([])
    }
    await openAwake(page)
    await page.getByRole('button', { name: 'Reading settings' }).click()
    await page.getByRole('group', { name: 'Theme' }).waitFor()
    expect(await page.evaluate(smallTargets), 'panel').toEqual([])
    await page.getByRole('button', { name: 'Link to this paragraph' }).click()
    await page.getByRole('link', { name: 'Link to this paragraph' }).waitFor()
    expect(await page.evaluate(smallTargets), 'paragraph').toEqual([])
    await page.getByRole('button', { name: 'Reading settings' }).click()
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await page.evaluate(smallTargets), 'keys').toEqual([])
    await page.goto('/moderation')
    expect(await page.evaluate(smallTargets), 'sign in').toEqual([])
    await signIn(page)
    for (const path of DESK) {
      await page.goto(path)
      await unfold(page)
      expect(await page.evaluate(smallTargets), path).toEqual([])
    }
  })

/** Where the focus is, and what else is seen at its corners and middle. */
function focusAndCovers() {
  const focus = document.activeElement as HTMLElement
  if (focus === document.body) return
  const shown = focus.matches('label input') ? focus.closest('label')! : focus
  const covers = [...shown.getClientRects()].flatMap(({ left, right, top, bottom }) =>
    [
      [left + 2, top + 2],
      [right - 2, top + 2],
      [left + 2, bottom - 2],
      [right - 2, bottom - 2],
      [(left + right) / 2, (top + bottom) / 2],
    ].map(([x, y]) => {
      const seen = document.elementFromPoint(x!, y!)
      if (!seen) return 'the edge of the screen'
      const isOver = !shown.contains(seen) && !seen.contains(shown) && isAbove(seen)
      return isOver ? seen.outerHTML.slice(0, 100) : undefined
    }),
  )
  const text = focus.innerText || focus.getAttribute('name')
  return { name: `${focus.tagName} ${text} ${focus.id}`, covers: covers.filter(Boolean) }

  function isAbove(element: Element | null): boolean {
    if (!element) return false
    return /fixed|sticky/.test(getComputedStyle(element).position) || isAbove(element.parentElement)
  }
}

/** By Tab from the top until the focus leaves the page; what hides it on the way. */
async function walk(page: Page): Promise<{ stops: number; hidden: object[] }> {
  const hidden: object[] = []
  await page.evaluate(() => scrollTo(0, 0))
  for (let stops = 0; ; stops++) {
    await page.keyboard.press('Tab')
    // What follows the scroll position does so in the next frame.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
    const focus = await page.evaluate(focusAndCovers)
    if (!focus) return { stops, hidden }
    if (focus.covers.length > 0) hidden.push(focus)
  }
}

for (const width of [360, 1280])
  test(`nothing hides the focus on its way by Tab, at ${width} px`, async ({
    page,
    site,
    context,
  }) => {
    await writeComments(site.origin, 5)
    await page.setViewportSize({ width, height: 640 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const path of ['/', '/comments']) {
      await openComments(page, path)
      const { stops, hidden } = await walk(page)
      expect(hidden, path).toEqual([])
      expect(stops, path).toBeGreaterThan(20)
    }
    await openComments(page)
    await context.setOffline(true)
    await page.getByText('You are offline.').waitFor()
    expect((await walk(page)).hidden, 'with a notice').toEqual([])
  })

/** The largest of everything, and the spacing that WCAG's criterion 1.4.12 asks for. */
const LARGEST = appearanceStyle(
  { theme: 'contrast', font: 'legible', size: 'larger', measure: 'wide', spacing: 'loose' },
  false,
)
const SPACING =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }'

/** How much wider than the screen the page is, and the texts that are cut off. */
function lost() {
  const cut = [...document.querySelectorAll<HTMLElement>('body *')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter(
      (element) =>
        !element.closest('[class*=sr-only], .reading-bar, [aria-hidden], input, textarea'),
    )
    .filter((element) => {
      const { overflowX, overflowY, display } = getComputedStyle(element)
      const isTight = element.matches('a, button, label, legend, summary') && display !== 'inline'
      const hidesX = isTight || /hidden|clip/.test(overflowX)
      const hidesY = isTight || /hidden|clip/.test(overflowY)
      return (
        (hidesX && element.scrollWidth > element.clientWidth + 1) ||
        (hidesY && element.scrollHeight > element.clientHeight + 1)
      )
    })
  return {
    wider: Math.max(document.documentElement.scrollWidth - innerWidth, 0),
    cut: cut.map(({ outerHTML }) => outerHTML.slice(0, 150)),
  }
}

test('at 400 % with the largest of everything nothing is cut off or wider than the screen', async ({
  page,
  site,
  store,
}) => {
  await writeComments(site.origin, 2)
  await fillQueue(store)
  await page.setViewportSize({ width: 320, height: 256 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.addInitScript((look) => localStorage.setItem('look', look), LARGEST)
  const expectWhole = async (state: string) => {
    expect(await page.evaluate(lost), state).toEqual({ wider: 0, cut: [] })
    await page.evaluate((style) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(style)
      document.adoptedStyleSheets = [sheet]
    }, SPACING)
    expect(await page.evaluate(lost), `${state}, spaced`).toEqual({ wider: 0, cut: [] })
  }
  for (const path of PAGES) {
    if (path === '/' || path === '/comments') await openComments(page, path)
    else await page.goto(path)
    await unfold(page)
    await expectWhole(path)
  }
  await openAwake(page)
  await page.getByRole('button', { name: 'Reading settings' }).click()
  await page.getByRole('group', { name: 'Theme' }).waitFor()
  await expectWhole('panel')
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await page.getByRole('dialog').waitFor()
  await expectWhole('keys')
  await signIn(page)
  for (const path of DESK) {
    await page.goto(path)
    await unfold(page)
    await expectWhole(path)
  }
})

for (const width of [320, 360])
  test(`the name of the site begins at the edge, clear of what is beside it, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 640 })
    const LONG = 'The Harbour Morning Post and Intelligenc'
    for (const [look, called] of [
      ['', undefined],
      [LARGEST, undefined],
      ['', LONG],
      [LARGEST, LONG],
    ] as const) {
      await page.addInitScript((look) => localStorage.setItem('look', look), look)
      await page.goto('/')
      const { start, gap } = await page.evaluate((called) => {
        const name = document.querySelector('#top p')!
        if (called) name.textContent = called
        const words = new Range()
        words.selectNodeContents(name)
        const { left, right } = words.getBoundingClientRect()
        const headline = document.querySelector('h1')!.getBoundingClientRect()
        const beside = document.querySelector('#top button')!.getBoundingClientRect()
        return { start: left - headline.left, gap: beside.left - right }
      }, called)
      expect(Math.abs(start)).toBeLessThan(1)
      // The ring around that takes six.
      expect(gap).toBeGreaterThan(6)
    }
  })

test('in forced colours what is chosen differs, and without motion nothing moves by itself', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await openComments(page)
  const look = (name: string) =>
    page.getByRole('button', { name, exact: true }).evaluate((button) => {
      const { backgroundColor, outlineStyle } = getComputedStyle(button)
      return { backgroundColor, outlineStyle }
    })
  await page.getByRole('button', { name: 'Upvote', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Upvote', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  expect((await look('Upvote')).backgroundColor).not.toBe((await look('Downvote')).backgroundColor)
  expect((await look('Upvote')).outlineStyle).toBe('solid')
  await expect(page.getByRole('button', { name: 'Post comment' })).toHaveCSS(
    'border-style',
    'solid',
  )
  await expect(page.getByRole('button', { name: 'Post comment' })).toHaveCSS('border-width', '1px')

  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveCSS('border-style', 'solid')

  await expect(page.locator('html')).toHaveCSS('scroll-behavior', 'auto')
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ timeline }) => timeline instanceof DocumentTimeline)
        .map((animation) => (animation as CSSAnimation).animationName),
    )
  expect(await moving()).toEqual([])
  await expect(page.locator('.reading-bar > p')).toHaveCSS('transition-duration', '0s')
})

/** A browser that drops what it does not know of a page's style. */
async function serveStyle(context: BrowserContext, change: (style: string) => string) {
  await context.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname.endsWith('.css') || pathname.endsWith('.js')) return route.abort()
    if (route.request().resourceType() !== 'document') return route.continue()
    const response = await route.fetch()
    const html = (await response.text()).replace(
      /(<style\b[^>]*>)(.*?)(<\/style>)/gs,
      (_, open: string, style: string, close: string) => open + change(style) + close,
    )
    const { 'content-security-policy': _, ...headers } = response.headers()
    await route.fulfill({ response, headers, body: html })
  })
}

/** As of 2020: no layers, no choice of colour by theme, nothing that selects by what is within. */
function withoutNews(style: string): string {
  const root = parse(style)
  root.walkAtRules(/^(layer|property)$/, (rule) => void rule.remove())
  root.walkRules(/:has\(|popover-open/, (rule) => void rule.remove())
  root.walkAtRules('supports', (rule) => {
    if (/selector\(|animation-timeline|initial-letter/.test(rule.params)) rule.remove()
  })
  return withoutChoice(root.toString())
}

const withoutChoice = (style: string) => style.replaceAll('light-dark(', 'unknown(')

for (const [browser, change] of [
  ['without style', () => ''],
  ['of 2020', withoutNews],
  ['of 2023', withoutChoice],
] as const)
  test(`in a browser ${browser} the page is read from top to end`, async ({ page, context }) => {
    await serveStyle(context, change)
    await page.setViewportSize({ width: 360, height: 800 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto('/')
      const tops = await page.evaluate(() =>
        ['#top', '#headline', '.story', '#votes', '#author', '#comments', '#comment-text'].map(
          (selector) => document.querySelector(selector)!.getBoundingClientRect().top + scrollY,
        ),
      )
      expect(tops).toEqual(tops.toSorted((a, b) => a - b))
      expect(new Set(tops).size).toBe(tops.length)
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      const icons = await page
        .locator('svg')
        .evaluateAll((all) => all.map((one) => one.clientHeight))
      expect(Math.max(...icons)).toBeLessThanOrEqual(80)
      const axe = makeAxe(page).withRules(['color-contrast', 'image-alt', 'heading-order', 'label'])
      await expectAccessible(page, colorScheme, axe)
    }
  })
