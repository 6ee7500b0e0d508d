// Tests app/styles/, app/moderation/desk.css, components/reading/appearance-panel.tsx
import type { Page } from '@playwright/test'
import { appearanceStyle, CHOICES, parseAppearance } from '#lib/browser/reading/appearance.ts'
import { fillQueue, signIn, test, write } from '#tests/support/moderation-site.ts'
import { expect, openAwake, openComments, writeComments } from '#tests/support/site.ts'

test.use({ expectedNoise: [/status of 404/] })

const PAGES = ['/', '/comments', '/author', '/privacy', '/offline', '/missing', '/moderation']
const DESK = ['/moderation', '/moderation/log', '/moderation/bans', '/moderation/settings']
const LEAST_CONTRAST = 3

/** Lists what is wrong with the ring around the focus; nothing where the focus has left the page. */
function inspectRing(leastContrast: number): { name: string; faults: string[] } | undefined {
  const focus = document.activeElement as HTMLElement
  if (focus === document.body) return
  const name = focus.outerHTML.slice(0, 120)
  // A choice of the panel is a label; what is chosen in it is not drawn.
  const ringed = [focus.closest('label'), focus].find(
    (element) => element && getComputedStyle(element).outlineStyle !== 'none',
  )
  if (!ringed) return { name, faults: ['has none'] }
  const { outlineWidth, outlineOffset, outlineColor } = getComputedStyle(ringed)
  const [width, offset] = [parseFloat(outlineWidth), parseFloat(outlineOffset)]
  const around = Math.max(offset + width, 0)
  const ratio = contrast(outlineColor, backgroundOf(offset < 0 ? ringed : ringed.parentElement!))
  const faults = [
    width < 2 && `is ${width} px thin`,
    ratio < leastContrast && `has a contrast of ${ratio}`,
  ]
  for (const rect of ringed.getClientRects()) {
    const ring = {
      left: rect.left - around,
      right: rect.right + around,
      top: rect.top - around,
      bottom: rect.bottom + around,
    }
    const screen = { left: 0, top: 0, right: document.documentElement.clientWidth }
    // Allows a text that is being written to be larger than the screen: browsers show its caret.
    const bottom = focus.matches('textarea') ? Infinity : innerHeight
    faults.push(
      cutBy({ ...screen, bottom }, ring) && 'is cut by the screen',
      ...clippersOf(ringed).map(
        ({ element, box }) => cutBy(box, ring) && `is cut by ${element.outerHTML.slice(0, 80)}`,
      ),
      ...coversOf(ringed, ring, width / 2).map((cover) => `is under ${cover}`),
    )
  }
  return { name, faults: faults.filter((fault) => fault !== false) }

  type Box = { left: number; right: number; top: number; bottom: number }

  function cutBy(box: Box, ring: Box): boolean {
    const slack = 0.5
    return (
      ring.left < box.left - slack ||
      ring.right > box.right + slack ||
      ring.top < box.top - slack ||
      ring.bottom > box.bottom + slack
    )
  }

  /** The elements around one that show nothing outside of them, up to one that lies on its own. */
  function clippersOf(element: Element): { element: Element; box: Box }[] {
    if (getComputedStyle(element).position === 'fixed' || !element.parentElement) return []
    const parent = element.parentElement
    const { overflowX, overflowY, clipPath, contain } = getComputedStyle(parent)
    if (parent === document.body || parent === document.documentElement) return []
    const rest = clippersOf(parent)
    const isAll = clipPath !== 'none' || /paint|strict|content/.test(contain)
    if (!isAll && overflowX === 'visible' && overflowY === 'visible') return rest
    const { left, top } = parent.getBoundingClientRect()
    const inner = { left: left + parent.clientLeft, top: top + parent.clientTop }
    return [
      {
        element: parent,
        box: {
          ...inner,
          right: inner.left + parent.clientWidth,
          bottom: inner.top + parent.clientHeight,
        },
      },
      ...rest,
    ]
  }

  /** What lies over the middle of a side of the ring. */
  function coversOf(element: Element, { left, right, top, bottom }: Box, half: number): string[] {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    return [
      [left + half, y],
      [right - half, y],
      [x, top + half],
      [x, bottom - half],
    ].flatMap(([x, y]) => {
      const seen = document.elementFromPoint(x!, y!)
      const layer = layerOf(seen)
      return layer && !layer.contains(element) ? [layer.outerHTML.slice(0, 80)] : []
    })
  }

  /** What an element is in that floats over the page. */
  function layerOf(element: Element | null): Element | undefined {
    if (!element) return
    return /fixed|sticky/.test(getComputedStyle(element).position)
      ? element
      : layerOf(element.parentElement)
  }

  function backgroundOf(element: Element | null): string {
    if (!element) return 'rgb(255, 255, 255)'
    const { backgroundColor } = getComputedStyle(element)
    return /^rgba.*, 0\)$/.test(backgroundColor)
      ? backgroundOf(element.parentElement)
      : backgroundColor
  }

  /** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
  function contrast(one: string, other: string): number {
    const [dark, light] = [one, other]
      .map((color) => {
        const [r, g, b] = color.match(/[\d.]+/g)!.map((text) => {
          const part = Number(text) / 255
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
      })
      .sort((a, b) => a - b)
    return (light! + 0.05) / (dark! + 0.05)
  }
}

/** Walks by Tab from the top until the focus leaves the page; returns the rings with faults. */
async function walk(page: Page): Promise<{ stops: number; faulty: object[] }> {
  const faulty: object[] = []
  await page.evaluate(() => scrollTo(0, 0))
  for (let stops = 0; ; stops++) {
    await page.keyboard.press('Tab')
    // What follows the scroll position does so in the next frame.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
    const ring = await page.evaluate(inspectRing, LEAST_CONTRAST)
    if (!ring) return { stops, faulty }
    if (ring.faults.length > 0) faulty.push(ring)
  }
}

async function open(page: Page, path: string): Promise<void> {
  if (path === '/' || path === '/comments') await openComments(page, path)
  else await page.goto(path)
}

for (const width of [360, 1280])
  test(`every focus ring is whole on every page, at ${width} px`, async ({ page, site, store }) => {
    const [first] = await writeComments(site.origin, 2)
    await write(store, { name: 'Ben', text: 'An answer', parent: first!.id })
    await page.setViewportSize({ width, height: 740 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const path of PAGES) {
      await open(page, path)
      const { stops, faulty } = await walk(page)
      expect(faulty, path).toEqual([])
      expect(stops, path).toBeGreaterThan(3)
    }
    await openAwake(page)
    await page.getByRole('button', { name: 'Reading settings' }).click()
    await page.getByRole('group', { name: 'Theme' }).waitFor()
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press('Tab')
      expect((await page.evaluate(inspectRing, LEAST_CONTRAST))?.faults ?? [], 'panel').toEqual([])
    }
    await fillQueue(store)
    await signIn(page)
    for (const path of DESK) {
      await page.goto(path)
      expect((await walk(page)).faulty, path).toEqual([])
    }
  })

/** Focuses all that can be, as by keyboard; returns the rings that are hard to see. */
async function findFaint(page: Page): Promise<object[]> {
  const faint: object[] = []
  // Makes browsers take what is focused from then on as focused by keyboard.
  await page.keyboard.press('Tab')
  const all = page.locator('a[href], button, input:not([type=hidden]), select, textarea, summary')
  for (const element of await all.filter({ visible: true }).elementHandles()) {
    await element.focus()
    const ring = await page.evaluate(inspectRing, LEAST_CONTRAST)
    const faults = ring?.faults.filter((fault) => /contrast|none|thin/.test(fault)) ?? []
    if (faults.length > 0) faint.push({ ...ring, faults })
  }
  return faint
}

for (const theme of [...CHOICES.theme, 'forced'] as const)
  test(`every focus ring is seen in the theme "${theme}", in light and dark`, async ({
    page,
    site,
    store,
  }) => {
    await writeComments(site.origin, 1)
    await fillQueue(store)
    if (theme === 'forced') await page.emulateMedia({ forcedColors: 'active' })
    else {
      const look = appearanceStyle({ ...parseAppearance(''), theme }, false)
      await page.addInitScript((look) => localStorage.setItem('look', look), look)
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const path of PAGES) {
        await open(page, path)
        expect(await findFaint(page), `${path}, ${colorScheme}`).toEqual([])
      }
    }
    await signIn(page)
    expect(await findFaint(page), 'desk').toEqual([])
  })
