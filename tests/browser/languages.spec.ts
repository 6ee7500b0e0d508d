// Tests lib/i18n/, messages/, lib/publishing/fonts.ts
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from '#tests/support/axe.ts'
import { fillQueue, test as base, write } from '#tests/support/moderation-site.ts'
import { buildIn } from '#tests/support/next-build.ts'
import { expect, openAwake, PASSWORD, type Site, startSite } from '#tests/support/site.ts'
import { SERVER } from '#tests/support/start-site.ts'

const test = base.extend<object, { arabic: Site & { folder: string } }>({
  arabic: [
    async ({ workerFile }, use) => {
      const { folder, remove } = await buildIn('ar')
      const command = [process.execPath, join(folder, SERVER)] as const
      const settings = { MODERATOR_PASSWORD: PASSWORD, FEED_SECRET }
      const site = await startSite(`file:${workerFile}`, settings, [...command], folder)
      await use({ ...site, folder })
      await site.stop()
      await remove()
    },
    // The build takes a minute of a core, and more where others have it.
    { scope: 'worker', timeout: 600_000 },
  ],
})

// One build is enough.
test.describe.configure({ mode: 'default' })

const FEED_SECRET = 'a secret of moderators'
const read = (file: string) => JSON.parse(readFileSync(`messages/ar/${file}.json`, 'utf8'))
const words = read('desk') as Record<string, string>
const refusals = read('desk-refusals') as Record<string, string>

/** What the interface says in Latin letters: all but names, what was written, keys and code. */
function latin(): string[] {
  const main = document.querySelector('main')!.cloneNode(true) as HTMLElement
  const theirs = 'bdi, kbd, code, textarea, [dir=auto]'
  for (const element of main.querySelectorAll(theirs)) element.remove()
  const said = [main.textContent, document.title]
  for (const element of main.querySelectorAll('[aria-label]'))
    said.push(element.getAttribute('aria-label')!)
  const other = /\b(UTC|JavaScript|Ann|Ben|Cem|Dan|Gus|Mia)\b/g
  return said.flatMap((text) => text.replace(other, '').match(/[a-z]+/gi) ?? [])
}

test.describe('in Arabic', () => {
  test.use({ expectedNoise: [/status of 4(01|04|09)/] })

  test('the desk is right-to-left, and no word of it is left in English', async ({
    page,
    store,
    arabic,
    databaseUrl,
  }) => {
    const [, reported] = await fillQueue(store)
    await write(store, { reader: 'ben', name: 'Ben', text: 'Another' })
    const reply = { reader: 'dan', name: 'Dan', parent: reported, text: 'An answer' }
    const answer = await write(store, { ...reply, holdReason: 'unproven' })
    const gone = await write(store, { reader: 'eve', name: 'Eve', text: 'Gone' })
    await write(store, { reader: 'gus', name: 'Gus', text: 'Below it', parent: gone })
    await store.eraseReader('eve', 'Mia')
    for (const kind of ['reader', 'network'] as const)
      await store.addBan({ comment: answer, kind, time: '30 days', moderator: 'Mia' })
    const [ban] = await store.readBans()
    await store.addBan({ comment: reported!, kind: 'reader', time: '1 hour', moderator: 'Mia' })
    await store.liftBan(ban!.id, 'Mia')
    await store.setCommentState('held', 'Mia')
    await store.changeHeldWords({ add: ['casino'], remove: [] }, 'Mia')
    await write(store, {
      parent: reported,
      text: 'As the author',
      byAuthor: true,
      moderator: 'Mia',
    })

    await page.goto(`${arabic.origin}/moderation`)
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await signIn(page, 'another password')
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(refusals.wrongPassword!)
    await signIn(page, PASSWORD)
    const second = await page.context().newPage()
    await second.goto(`${arabic.origin}/moderation`)
    const act = (page: Page, button: string) =>
      page
        .getByRole('article', { name: 'Cem' })
        .getByRole('button', { name: words[button]! })
        .click()
    await act(page, 'refuse')
    await page.getByRole('button', { name: words.undo! }).click()
    await act(page, 'approve')
    await expect(page.getByRole('article', { name: 'Cem' })).toHaveCount(0)
    await act(second, 'delete')
    await expect(second.getByRole('main').getByRole('alert')).toBeVisible()
    expect(await second.evaluate(latin), 'too late').toEqual([])

    const paths = [
      '',
      '/log',
      '/bans',
      '/settings',
      '/settings?saved=words',
      '/settings?saved=comments',
    ]
    const comments = [reported, answer, gone, crypto.randomUUID()].map((id) => `/comment?id=${id}`)
    for (const path of [...paths, ...comments]) {
      await page.goto(`${arabic.origin}/moderation${path}`)
      expect(await page.evaluate(latin), path).toEqual([])
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(width)
      }
      await expectAccessible(page, path)
    }

    const key = encodeURIComponent(FEED_SECRET)
    const feed = await fetch(`${arabic.origin}/moderation.atom?key=${key}`)
    const titles = [...(await feed.text()).matchAll(/<title>(.*?)<\/title>/g)].map(
      ([, title]) => title,
    )
    expect(titles).toHaveLength(4)
    expect(titles.join().replace(/JavaScript|Ann|Ben|Dan/g, '')).not.toMatch(/[a-z]/i)

    // The command line stays the publisher's.
    const { stdout } = spawnSync(process.execPath, ['scripts/moderate.ts'], {
      cwd: arabic.folder,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: databaseUrl },
    })
    expect(stdout).toContain('It came without proof of work')
  })

  test('the story is upright and unspaced in fonts of its script, and its code runs from the left', async ({
    page,
    arabic,
  }) => {
    await openAwake(page, arabic.origin)
    const styles = await page.evaluate(() => {
      const text = document.querySelector('.prose > p')!
      text.append(document.createElement('em'), document.createElement('code'))
      const styleOf = (selector: string) => getComputedStyle(document.querySelector(selector)!)
      const [h1, name, em, code] = [
        'h1',
        '.nameplate',
        '.prose > p em',
        '.prose > p code:last-child',
      ].map(styleOf)
      return {
        families: [styleOf('.prose > p'), h1!, styleOf('#byline')].map(
          ({ fontFamily }) => fontFamily,
        ),
        spacing: [h1!.letterSpacing, name!.letterSpacing],
        emphasis: [em!.fontStyle, em!.fontWeight],
        code: [code!.direction, code!.unicodeBidi],
        leading: parseFloat(h1!.lineHeight) / parseFloat(h1!.fontSize),
        mark: styleOf('footer svg').scale,
      }
    })
    expect(styles).toEqual({
      families: [
        expect.stringMatching(/^"Noto Naskh Arabic"/),
        expect.stringMatching(/^Display, "Noto Naskh Arabic"/),
        expect.stringMatching(/^"Noto Sans Arabic"/),
      ],
      spacing: ['normal', 'normal'],
      emphasis: ['normal', '600'],
      code: ['ltr', 'isolate'],
      leading: expect.closeTo(1.5),
      mark: '-1 1',
    })
  })
})

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByRole('textbox', { name: words.yourName! }).fill('Mia')
  await page.getByLabel(words.password!).fill(password)
  await page.getByRole('button', { name: words.signIn! }).click()
}
