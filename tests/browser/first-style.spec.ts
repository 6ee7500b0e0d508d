// Tests lib/publishing/critical-css.ts
import type { Page } from '@playwright/test'
import { fillQueue, signIn, test, write } from '#tests/support/moderation-site.ts'
import { expect } from '#tests/support/site.ts'

/** Pages are sent with the part of the style that they need: whoever runs no script never gets the rest. */
test.use({ javaScriptEnabled: false, expectedNoise: [/status of 422/] })

/** What a rule that is missing would change. */
const PROPERTIES =
  'align-items background-color border-width color column-gap content display float font-family font-size font-style font-variant-caps font-weight grid-area height inset justify-content letter-spacing line-height list-style-type margin-block min-height min-width opacity outline-style overflow-wrap padding position rotate row-gap text-align text-decoration-line text-wrap translate visibility white-space width'.split(
    ' ',
  )

async function expectWholeStyle(page: Page): Promise<void> {
  await page.waitForLoadState()
  const read = () =>
    page.evaluate(
      (properties) =>
        // What comes and goes with scrolling is told by its own test.
        [
          ...document.body.querySelectorAll(
            '*:not(.quick-navigation > button, .quick-navigation path)',
          ),
        ].flatMap((element) =>
          ['', '::before', '::after'].flatMap((part) => {
            const style = getComputedStyle(element, part || null)
            const values = properties.map((name) => [name, style.getPropertyValue(name)] as const)
            // In place of margins at the sides: Chromium may tell 0 for what is `auto`, and centred.
            const left = element.getBoundingClientRect().left
            return [...values, ['left', left] as const].map(
              ([name, value]) =>
                `${element.localName} ${element.getAttribute('class')}${part} ${name}: ${value}`,
            )
          }),
        ),
      PROPERTIES,
    )
  const first = await read()
  expect(first.length).toBeGreaterThan(10 * 3 * PROPERTIES.length)
  const count = await page.evaluate(() => {
    const sources = document.querySelector<HTMLElement>('[data-src]')!.dataset.src!.split(' ')
    const styles = sources.filter((source) => source.endsWith('.css'))
    for (const href of styles)
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'stylesheet', href }),
      )
    return styles.length
  })
  // No event tells of it where no script may run.
  await expect.poll(() => page.evaluate(() => document.styleSheets.length)).toBe(1 + count)
  const whole = await read()
  expect(whole.filter((value, i) => value !== first[i])).toEqual([])
}

for (const path of ['/', '/author', '/privacy', '/offline'])
  test(`${path} looks as it does with the whole style`, async ({ page }) => {
    await page.goto(path)
    await expectWholeStyle(page)
  })

const RICH = `A *word* and **another**, \`code\`, https://example.org/

> A quote
> of two lines

- one
- two
  1. three

\`\`\`
a line of code
\`\`\``

test('the comments look as they do with the whole style, with all that they may be', async ({
  page,
  store,
}) => {
  const first = await write(store, { text: RICH })
  let parent = first
  for (const name of ['Ben', 'Cem', 'Dan', 'Eve'])
    parent = await write(store, { name, text: `What ${name} thinks`, parent, reader: name })
  for (let i = 0; i < 10; i++) await write(store, { reader: `r${i}`, text: `More ${i}` })
  await page.goto('/comments?sort=oldest')
  await expectWholeStyle(page)
  const article = page.getByRole('article', { name: 'Ann' }).first()
  await article.getByRole('button', { name: 'Upvote' }).click()
  await expectWholeStyle(page)
  await page.goto('/comments')
  await page.getByRole('textbox', { name: 'Name' }).fill('Fay')
  await page.getByRole('textbox', { name: 'Comment' }).fill(RICH)
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'Preview' })).toBeVisible()
  await expectWholeStyle(page)
  await page.getByRole('button', { name: 'Post comment' }).click()
  const own = page.getByRole('article', { name: 'Fay' })
  for (const act of ['Edit', 'Delete']) {
    await own.getByRole('link', { name: act }).click()
    await expectWholeStyle(page)
  }
  await page.goto(`/comments?page=${first}&act=report`)
  await expectWholeStyle(page)
  await page.goto(`/comments?page=${first}&act=reply`)
  await page.getByRole('button', { name: 'Post reply' }).click()
  await expectWholeStyle(page)
})

test('the desk looks as it does with the whole style', async ({ page, store }) => {
  await page.goto('/moderation')
  await expectWholeStyle(page)
  const [held] = await fillQueue(store)
  await signIn(page)
  await page.goto(`/moderation/comment?id=${held}`)
  await expectWholeStyle(page)
  await page.getByRole('radio', { name: 'the network' }).check()
  await page.getByRole('button', { name: 'Ban', exact: true }).click()
  await expect(page.getByText(/^This reader’s network is banned until /)).toBeVisible()
  await expectWholeStyle(page)
  for (const path of ['', '/bans', '/log', '/settings']) {
    await page.goto(`/moderation${path}`)
    await expectWholeStyle(page)
  }
})
