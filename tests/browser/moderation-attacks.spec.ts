// Tests components/moderation/queue-item.tsx, components/moderation/log-entry.tsx
import type { Page } from '@playwright/test'
import { v7 as newBatch } from 'uuid'
import type { Store } from '#lib/store/index.ts'
import { listenForAlarms } from '#tests/support/alarms.ts'
import { ATTACKS } from '#tests/support/attacks.ts'
import { PASSWORD, signIn, test as base, write } from '#tests/support/moderation-site.ts'
import { expect } from '#tests/support/site.ts'

/** Any dialog that opens and anything that a page's policy had to stop fails the test. */
const test = base.extend<{ harmless: void }>({
  harmless: [
    async ({ context }, use) => {
      const alarms = await listenForAlarms(context)
      await use()
      expect(alarms).toEqual([])
    },
    { auto: true },
  ],
})

/** What a store keeps, in one line as a name and a word of the list are. */
const KEPT = ATTACKS.filter(
  (attack) => attack.isWellFormed() && !attack.includes('\0') && attack.length <= 500,
)
const LINES = KEPT.filter((attack) => !/[\n\r]/.test(attack) && attack.trim() === attack)
/** As a person would type it in a form of the desk, one of each kind. */
const TYPED = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus=alert(1) autofocus x='",
  '</textarea><script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '</script><!--\u2028&quot;{alert(1)}',
]

/** The elements of the desk; what a reader wrote adds those of a comment, and nothing else. */
const ELEMENTS =
  'a article aside bdi blockquote br button code dd details div dl dt em fieldset form h1 h2 header input kbd label legend li main nav ol option p pre select span strong summary textarea time ul x-island'.split(
    ' ',
  )
const ATTRIBUTES =
  'action aria-current aria-describedby aria-invalid aria-label aria-labelledby autocomplete checked class data-undo datetime dir disabled for form hidden href id method name novalidate open props readonly rel required role rows selected start tabindex type value'.split(
    ' ',
  )

type Shown = { faults: string[]; names: string[]; notes: string[] }

/** Runs in the browser: what is within the page that must not be there, and readers' words. */
function inspect(main: Element, [elements, attributes]: readonly string[][]): Shown {
  const faults: string[] = []
  for (const element of main.querySelectorAll('*')) {
    if (!elements!.includes(element.localName) || !(element instanceof HTMLElement))
      faults.push(`element ${element.localName}`)
    for (const { name } of element.attributes)
      if (!attributes!.includes(name)) faults.push(`${element.localName} ${name}`)
    const href = element.getAttribute('href')
    if (href === null) continue
    const isWritten = element.closest('.comment-text') !== null
    if (isWritten ? !/^(https?|mailto):/i.test(href) : !/^\/(moderation|comments)\b/.test(href))
      faults.push(`link ${href}`)
  }
  const texts = (selector: string) =>
    [...main.querySelectorAll(selector)].map((element) => element.textContent)
  return {
    faults,
    names: texts('article h2'),
    notes: texts('article > div:not(.comment-text) > ul > li'),
  }
}

const shownOn = (page: Page) => page.locator('main').evaluate(inspect, [ELEMENTS, ATTRIBUTES])

/** Every attack as a text and as words with a report; as a name, where one may be so long. */
async function holdAttacks(store: Store): Promise<void> {
  await Promise.all(
    KEPT.map(async (attack, i) => {
      const id = await write(store, { reader: `r${i}`, name: attack, text: attack })
      await store.addReport({ comment: id, reader: 'x', reason: 'other', note: attack })
      await store.setStatus(id, 'held')
    }),
  )
}

test('no attack in a name, a text or a report becomes markup in the queue', async ({
  page,
  store,
}) => {
  test.setTimeout(180_000)
  expect(KEPT.length).toBeGreaterThan(400)
  await holdAttacks(store)
  await signIn(page)
  const names: string[] = []
  const notes: string[] = []
  for (let path: string | null = '/moderation'; path;) {
    await page.goto(path)
    const shown = await shownOn(page)
    expect([path, shown.faults]).toEqual([path, []])
    names.push(...shown.names)
    notes.push(...shown.notes)
    const newer = page.getByRole('link', { name: 'Newer' })
    path = (await newer.count()) ? await newer.getAttribute('href') : null
  }
  // A parser of HTML makes one line end of all.
  const read = (text: string) => text.replace(/\r\n?/g, '\n')
  expect(names).toEqual(KEPT.map(read))
  expect(notes).toEqual(KEPT.filter((attack) => attack.trim() !== '').map(read))
})

test('no attack in a moderator’s name or a word becomes markup in the log, bans and settings', async ({
  page,
  store,
}) => {
  const id = await write(store)
  for (const [i, attack] of LINES.entries()) {
    await store.changeHeldWords({ add: [attack], remove: [] }, attack)
    // The one or the other: their lines differ in nothing that a name would see.
    if (i % 2) await store.addBan({ comment: id, kind: 'reader', time: '1 day', moderator: attack })
    else {
      const decision = i % 4 ? 'approve' : 'refuse'
      await store.decide({ id, decision, moderator: attack, batch: newBatch() })
    }
  }
  await signIn(page)
  let lines = 0
  for (let path: string | null = '/moderation/log'; path;) {
    await page.goto(path)
    expect([path, (await shownOn(page)).faults]).toEqual([path, []])
    lines += await page.locator('main ol > li').count()
    const older = page.getByRole('link', { name: 'Older' })
    path = (await older.count()) ? await older.getAttribute('href') : null
  }
  expect(lines).toBe(2 * LINES.length)
  await page.goto('/moderation/settings')
  expect((await shownOn(page)).faults).toEqual([])
  await expect(page.getByRole('textbox', { name: 'Words that hold' })).toHaveValue(LINES.join('\n'))
  await page.goto('/moderation/bans')
  expect((await shownOn(page)).faults).toEqual([])
  await expect(
    page.locator('main li').filter({ hasText: 'until' }).locator('bdi').last(),
  ).toHaveText(LINES.at(-1)!)
})

test.describe('a form of the desk', () => {
  test.use({ expectedNoise: [/status of 4(01|22)/] })

  test('shows any attack that is refused as it was typed, and signs in under its name', async ({
    page,
    store,
  }) => {
    const id = await write(store)
    for (const attack of TYPED) {
      await signIn(page, attack, 'another password')
      await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue(attack)
      expect((await shownOn(page)).faults).toEqual([])
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.locator('form span').filter({ hasText: attack.slice(0, 5) })).toBeVisible()
      expect((await shownOn(page)).faults).toEqual([])
      await page.goto(`/moderation/comment?id=${id}`)
      const long = attack + 'x'.repeat(5_000)
      await page.getByRole('textbox', { name: 'Your reply' }).fill(long)
      await page.getByRole('button', { name: 'Post as the author' }).click()
      await expect(page.getByRole('textbox', { name: 'Your reply' })).toHaveValue(long)
      expect((await shownOn(page)).faults).toEqual([])
      await page.getByRole('button', { name: 'Sign out' }).click()
    }
  })
})
