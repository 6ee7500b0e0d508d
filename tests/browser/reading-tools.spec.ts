// Tests components/reading/, lib/browser/reading/, lib/browser/local-storage.ts
import type { BrowserContext, Page } from '@playwright/test'
import {
  type Appearance,
  parseAppearance,
  appearanceStyle,
} from '#lib/browser/reading/appearance.ts'
import { expectAccessible, makeAxe } from '#tests/support/axe.ts'
import { expect, openAwake, test } from '#tests/support/site.ts'

const SEPIA = 'rgb(243, 233, 213)'
const paper = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
const openPanel = async (page: Page) => {
  await page.getByRole('button', { name: 'Reading settings' }).click()
  await expect(page.getByRole('region', { name: 'Reading settings' })).toBeVisible()
}
const choose = (page: Page, choice: string, value: string) =>
  page.getByRole('group', { name: choice }).getByText(value, { exact: true }).click()

test('a press before React is there opens the panel; what is chosen is there from the first frame', async ({
  page,
}) => {
  const gate = Promise.withResolvers<void>()
  await page.route('**/_next/static/islands/**', async (route) => {
    await gate.promise
    await route.continue()
  })
  await page.goto('/')
  const words = page.locator('.story p').first()
  const before = await words.evaluate((element) => element.getBoundingClientRect().width)
  await page.getByRole('button', { name: 'Reading settings' }).click()
  gate.resolve()
  await choose(page, 'Theme', 'Sepia')
  await choose(page, 'Typeface', 'Sans')
  await choose(page, 'Text size', 'Large')
  await choose(page, 'Line length', 'Short')
  await choose(page, 'Spacing', 'Wide')
  expect(await paper(page)).toBe(SEPIA)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Reading settings' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Reading settings' })).toBeFocused()

  await page.unroute('**/_next/static/islands/**')
  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { seen })
    const look = () => {
      if (document.body) seen.add(getComputedStyle(document.documentElement).backgroundColor)
      requestAnimationFrame(look)
    }
    look()
  })
  for (const path of ['/', '/comments', '/privacy']) {
    await page.goto(path)
    await page.evaluate(() => new Promise(requestAnimationFrame))
    const seen = await page.evaluate(() => [...(window as never as { seen: Set<string> }).seen])
    expect(seen, path).toEqual([SEPIA])
  }
  await page.goto('/')
  const style = await words.evaluate((element) => {
    const { fontFamily, fontSize, lineHeight, letterSpacing } = getComputedStyle(element)
    const { width } = element.getBoundingClientRect()
    return { fontFamily, fontSize, lineHeight, letterSpacing, width }
  })
  expect(style.fontFamily).toMatch(/^"?Helvetica/)
  expect(parseFloat(style.fontSize)).toBeCloseTo(19 * 1.15, 1)
  expect(parseFloat(style.lineHeight)).toBeCloseTo(36 * 1.15, 1)
  expect(style.letterSpacing).not.toBe('normal')
  expect(style.width).toBeLessThan(before)
})

test('two tabs agree, and what is kept may be anything', async ({ page, context }) => {
  await page.goto('/')
  const other = await context.newPage()
  await openAwake(other, '/privacy')
  await openPanel(other)
  await choose(other, 'Theme', 'Sepia')
  await expect.poll(() => paper(page)).toBe(SEPIA)
  await page.evaluate(() => localStorage.setItem('look', '--look:}{ pink,;;"'))
  await openAwake(page)
  await openPanel(page)
  await expect(page.getByRole('radio', { name: 'System' })).toBeChecked()
})

test('where the browser keeps nothing the panel works for the page', async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError')
      },
    }),
  )
  await openAwake(page)
  await openPanel(page)
  await choose(page, 'Theme', 'Sepia')
  expect(await paper(page)).toBe(SEPIA)
})

test.describe('in every theme', () => {
  test('axe finds nothing with the panel open, and all text is at 7:1 on every page', async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await openAwake(page)
    await openPanel(page)
    for (const theme of ['Light', 'Sepia', 'Dark', 'High contrast']) {
      await choose(page, 'Theme', theme)
      await expectNothing(page, theme, theme === 'Light' ? undefined : CONTRAST)
    }
    for (const theme of ['sepia', 'dark', 'contrast'] as const) {
      await page.evaluate((look) => localStorage.setItem('look', look), lookOf(theme))
      for (const path of ['/comments', '/privacy', '/moderation']) {
        if (path !== '/comments') await page.goto(path)
        else {
          await openAwake(page, path)
          await page.getByRole('button', { name: 'Upvote' }).click()
          await page.getByRole('button', { name: 'Post comment' }).click()
          await expect(page.getByText('Please enter your name.')).toBeVisible()
        }
        await expectNothing(page, `${theme} ${path}`, CONTRAST)
      }
    }
  })
})

const CONTRAST = ['color-contrast', 'color-contrast-enhanced']
const lookOf = (theme: Appearance['theme']) =>
  appearanceStyle({ ...parseAppearance(''), theme }, false)

/** @param rules only these of axe's; else all, with the contrast of 7:1 */
async function expectNothing(page: Page, state: string, rules?: string[]): Promise<void> {
  const axe = makeAxe(page)
  if (rules) axe.withRules(rules)
  else axe.options({ rules: { 'color-contrast-enhanced': { enabled: true } } })
  await expectAccessible(page, state, axe)
}

test('without scripts there is no panel, links lead to paragraphs, and the sheet prints', async ({
  browser,
  site,
}) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    colorScheme: 'dark',
    contrast: 'more',
  })
  const page = await context.newPage()
  await page.goto(site.origin)
  await expect(page.getByRole('button', { name: 'Reading settings' })).toBeHidden()
  expect(await paper(page)).toBe('rgb(0, 0, 0)')
  const last = page.locator('.story > p').last()
  await page.goto(`${site.origin}/#${await last.getAttribute('id')}`)
  await expect(last).toBeInViewport()
  await page.emulateMedia({ media: 'print' })
  expect(await paper(page)).toBe('rgb(255, 255, 255)')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(last).toBeVisible()
  for (const chrome of [
    page.getByRole('button'),
    page.getByRole('textbox'),
    page.getByRole('link', { name: 'To Top' }),
    page.getByRole('navigation'),
  ])
    await expect(chrome.filter({ visible: true })).toHaveCount(0)
  await context.close()
})

test('the story is read aloud sentence by sentence, marked, from any paragraph', async ({
  page,
}) => {
  await page.addInitScript(standInVoice)
  const spoken = () => page.evaluate(() => (window as never as Spoken).spoken)
  const marked = () =>
    page.evaluate(() => String([...CSS.highlights.get('spoken')!.values()][0]).slice(0, 30))
  const finish = () => page.evaluate(() => (window as never as Spoken).finish())
  await openAwake(page)
  await page.keyboard.press('l')
  const bar = page.getByRole('group', { name: 'Listen' })
  await expect(bar.getByRole('button', { name: 'Pause' })).toBeFocused()
  await finish()
  expect((await spoken()).map(({ text }) => text)).toEqual([
    'US Diplomats Urged to Counter Global Data Localization Efforts',
    expect.stringMatching(/^The US government has instructed .* data sovereignty laws\.$/),
  ])
  expect(await marked()).toBe('The US government has instruct')
  await bar.getByRole('combobox', { name: 'Speed' }).selectOption('1.5')
  await expect
    .poll(async () => (await spoken()).at(-1))
    .toMatchObject({ rate: 1.5, text: expect.stringMatching(/^The US government/) })
  await bar.getByRole('button', { name: 'Pause' }).click()
  const count = (await spoken()).length
  await finish()
  expect(await spoken()).toHaveLength(count)
  await bar.getByRole('button', { name: 'Resume' }).click()
  await bar.getByRole('button', { name: 'Stop' }).click()
  await expect(bar).toBeHidden()
  await openPanel(page)
  await page.getByRole('button', { name: 'Listen' }).press('Enter')
  await expect(bar.getByRole('button', { name: 'Pause' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()
  await expect(page.getByRole('button', { name: 'Reading settings' })).toBeFocused()

  const last = page.locator('.story > p').last()
  await last.hover()
  await page.getByRole('button', { name: 'Listen from here' }).click()
  await expect.poll(async () => (await spoken()).at(-1)!.text).toMatch(/^Overall, the US is taking/)
  await page.mouse.wheel(0, -10_000)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0)
  await finish()
  expect(await marked()).toMatch(/^The goal is to ensure/)
  expect(await page.evaluate(() => scrollY)).toBe(0)
})

test('the story and each paragraph have a link to copy, by keyboard too', async ({
  page,
  context,
  site,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openAwake(page)
  await page.keyboard.press('s')
  await expect(page.getByText('Copied')).toBeVisible()
  expect(await copied()).toBe(`${site.origin}/`)

  // The sheet of the system comes first where there is one, and where the page may open it.
  await page.evaluate(() => {
    const shared: ShareData[] = []
    const share = async (data: ShareData) => {
      shared.push(data)
      if (shared.length > 1) throw new DOMException('not here', 'NotAllowedError')
    }
    Object.assign(window, { shared })
    Object.defineProperty(navigator, 'share', { value: share, configurable: true })
    return navigator.clipboard.writeText('before')
  })
  await expect(page.getByText('Copied')).toBeHidden()
  await page.keyboard.press('s')
  const shared = () => page.evaluate(() => (window as never as { shared: ShareData[] }).shared)
  await expect.poll(shared).toEqual([{ title: await page.title(), url: `${site.origin}/` }])
  expect(await copied()).toBe('before')
  await page.keyboard.press('s')
  await expect(page.getByText('Copied')).toBeVisible()
  expect(await copied()).toBe(`${site.origin}/`)
  const last = page.locator('.story > p').last()
  const id = await last.getAttribute('id')
  await last.evaluate((element) => element.scrollIntoView())
  await page.keyboard.press('p')
  await expect(page.getByRole('link', { name: 'Link to this paragraph' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(copied).toBe(`${site.origin}/#${id}`)
  expect(page.url()).toBe(`${site.origin}/#${id}`)

  // Where nothing can be copied, it is sent by mail.
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('not here'))
    navigation.onnavigate = (event) => {
      event.preventDefault()
      document.title = event.destination.url
    }
  })
  await page.keyboard.press('s')
  await expect(page).toHaveTitle(/^mailto:/)
  expect(new URL(await page.title()).searchParams.get('body')).toBe(`${site.origin}/`)
})

test('who comes back is offered the place they left, and who declines is not', async ({
  page,
  context,
}) => {
  await openAwake(page)
  const third = page.locator('.story > p').nth(3)
  // The tools look at the pointer's next move only once they are there.
  await expect(async () => {
    await page.mouse.move(0, 0)
    await third.hover()
    const link = page.getByRole('link', { name: 'Link to this paragraph' })
    await expect(link).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await third.evaluate((element) => element.scrollIntoView({ block: 'start', behavior: 'instant' }))
  await page.goto('/privacy')

  const offer = page.getByRole('link', { name: 'Continue where you left off' })
  const later = await comeBack(context, '/')
  expect(await later.evaluate(() => scrollY)).toBe(0)
  const laterOffer = later.getByRole('link', { name: 'Continue where you left off' })
  await laterOffer.click()
  await expect(later.locator('.story > p').nth(3)).toBeInViewport()
  await expect(laterOffer).toBeHidden()

  const elsewhere = await comeBack(context, '/#author')
  await elsewhere.locator('.story p').last().hover()
  await expect(elsewhere.getByRole('link', { name: 'Link to this paragraph' })).toBeVisible()
  await expect(elsewhere.getByRole('link', { name: 'Continue where you left off' })).toHaveCount(0)

  await openAwake(page)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(offer).toHaveCount(0)
  expect(await page.evaluate(() => localStorage.getItem('place'))).toBeNull()
})

test.describe('while the comforts are on their way', () => {
  let arrive: () => void
  test.beforeEach(async ({ page }) => {
    await openAwake(page)
    const { promise: wanted, resolve: want } = Promise.withResolvers<void>()
    const { promise: arrived, resolve } = Promise.withResolvers<void>()
    arrive = resolve
    await page.route('**/_next/static/**', async (route) => {
      want()
      await arrived
      await route.continue()
    })
    await page.mouse.wheel(0, 300)
    await wanted
  })

  test('a key that is pressed counts', async ({ page }) => {
    await page.keyboard.press('?')
    arrive()
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  })

  test('a paragraph that is pointed at is known', async ({ page }) => {
    await page.locator('.story > p').nth(2).hover()
    arrive()
    await expect(page.getByRole('link', { name: 'Link to this paragraph' })).toBeVisible()
  })
})

test('the place is kept wherever the pointer rests', async ({ page, context }) => {
  await openAwake(page)
  await page.mouse.move(5, 400)
  await page.mouse.wheel(0, 900)
  // The last that comes with the comforts.
  await page.locator('[role=status].fixed').waitFor({ state: 'attached' })
  await page.goto('/privacy')
  const later = await comeBack(context, '/')
  await expect(later.getByRole('link', { name: 'Continue where you left off' })).toBeVisible()
})

test('a note that is closed is no place to come back to', async ({ page, context }) => {
  await openAwake(page)
  const third = page.locator('.story > p').nth(3)
  await third.evaluate((paragraph) => {
    const note = document.createElement('div')
    Object.assign(note, { id: 'Note-1-beside', popover: 'auto' })
    paragraph.parentElement!.append(note)
    paragraph.scrollIntoView({ block: 'start', behavior: 'instant' })
  })
  await page.locator('[role=status].fixed').waitFor({ state: 'attached' })
  await page.goto('/privacy')
  const later = await comeBack(context, '/')
  await later.getByRole('link', { name: 'Continue where you left off' }).click()
  await expect(later.locator('.story > p').nth(3)).toBeInViewport()
})

test('while the panel is on its way its place says so', async ({ page }) => {
  await openAwake(page)
  await page.keyboard.press('t')
  await expect(page.getByText('Theme: Light')).toBeVisible()
  const gate = Promise.withResolvers<void>()
  await page.route('**/_next/static/islands/**', async (route) => {
    await gate.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'Reading settings' }).click()
  const panel = page.getByRole('region', { name: 'Reading settings' })
  await expect(panel).toHaveText('Loading')
  gate.resolve()
  await expect(panel.getByRole('group', { name: 'Theme' })).toBeVisible()
})

test('shortcuts are where they are on other keyboards, too', async ({ page }) => {
  await openAwake(page)
  const press = (key: string, code: string) =>
    page.evaluate((keys) => document.body.dispatchEvent(new KeyboardEvent('keydown', keys)), {
      key,
      code,
      bubbles: true,
    })
  await press('ت', 'KeyJ')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await press('؟', 'Slash')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
})

test('shortcuts lead through the story, are listed, and can be switched off', async ({ page }) => {
  await openAwake(page)
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(list).toContainText('Next or previous section')
  // In one turn with the close, before a frame has taken the focus out of the dialog.
  await list.evaluate((dialog: HTMLDialogElement) => {
    dialog.close()
    const key = new KeyboardEvent('keydown', { key: 'j', bubbles: true })
    document.activeElement!.dispatchEvent(key)
  })
  await expect(list).toBeHidden()
  await page.keyboard.press('j')
  await expect(page.locator(':focus')).toHaveText(/^(US Concerns|Diplomatic)/)
  await page.keyboard.press('t')
  await expect(page.getByText('Theme: Light')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).pressSequentially('t?')
  await expect(list).toBeHidden()
  await page.keyboard.press('Control+?')
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('?')
  await list.getByRole('checkbox', { name: 'Use keyboard shortcuts' }).uncheck()
  await page.keyboard.press('Escape')
  await openAwake(page)
  await openPanel(page)
  await page.keyboard.press('t')
  await expect(page.getByRole('radio', { name: 'Light', exact: true })).toBeChecked()
})

async function comeBack(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await openAwake(page, path)
  return page
}

type Spoken = { spoken: { text: string; rate: number }[]; finish: () => void }

/** Chromium has no voices when it shows no window: one that speaks as fast as the test tells it to. */
function standInVoice(): void {
  let current: SpeechSynthesisUtterance | undefined
  const spoken: Spoken['spoken'] = []
  const voice = { lang: 'en-GB', localService: true, default: true, name: 'Test', voiceURI: 'test' }
  class Utterance {
    text: string
    rate = 1
    onend?: () => void
    constructor(text: string) {
      this.text = text
    }
  }
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => [voice],
    speak: (utterance: SpeechSynthesisUtterance) => {
      current = utterance
      spoken.push({ text: utterance.text, rate: utterance.rate })
    },
    cancel: () => void (current = undefined),
  })
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
  Object.assign(window, {
    SpeechSynthesisUtterance: Utterance,
    spoken,
    finish: () => current?.onend?.({} as SpeechSynthesisEvent),
  })
}

test('the panel hides when the focus goes on to what it covers', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  await openAwake(page)
  await openPanel(page)
  const panel = page.getByRole('region', { name: 'Reading settings' })
  await panel.getByRole('button').last().focus()
  await page.keyboard.press('Tab')
  await expect(panel).toBeHidden()
  await expect(page.locator(':focus')).toHaveCount(1)
})

test('reading goes on where an extension has taken the header away', async ({ page }) => {
  await page.route('**/islands/reading-tools-panel-*.js', async (route) => {
    await page.evaluate(() => document.querySelector('#top')!.remove())
    await route.continue()
  })
  await openAwake(page)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
})
