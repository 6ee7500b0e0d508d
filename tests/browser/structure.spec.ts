// Tests components/story/, components/site/
import type { Page } from '@playwright/test'
import { parseAppearance, appearanceStyle } from '#lib/browser/reading/appearance.ts'
import { fillQueue, signIn, test } from '#tests/support/moderation-site.ts'
import { expect, openComments, writeComments } from '#tests/support/site.ts'

/*
 * Pixels differ with every machine's fonts. What must not differ is what a page is made of, in which
 * order, and that its parts stand side by side or below each other, on common edges and on the screen.
 */
test.use({ expectedNoise: [/status of 404/] })

const LETTER = `
    - article "Reader 1":
      - heading "Reader 1" [level=3]
      - link:
        - time
      - paragraph:
        - emphasis: number
        - link
      - blockquote:
        - paragraph: And a quote.
      - button "Upvote the comment by Reader 1"
      - text: 0 points
      - button "Downvote the comment by Reader 1"
      - link "Reply to Reader 1"
      - link "Report the comment by Reader 1"`
const VOTES = `
  - region "Votes":
    - button "Upvote"
    - paragraph: 0 points
    - button "Downvote"
    - status: 0 People voted this article. 0 Upvotes - 0 Downvotes.`
const STORY = `
- link "Skip to the story"
- banner:
  - paragraph: Broadside
  - button "Reading settings"
- main:
  - article:
    - list "Categories"
    - heading [level=1]
    - paragraph
    - paragraph:
      - text: By
      - link
      - time
      - text: /minutes? to read/
    - navigation "Quick Navigation"
    - paragraph
    - heading [level=2]${VOTES}
  - paragraph: /views?/
  - region:
    - heading [level=2]
    - paragraph
  - region "What do you think?":
    - heading "What do you think?" [level=2]
    - form "Leave a reply":
      - textbox "Name"
      - textbox "Comment"
      - paragraph:
        - button "Post comment"
        - button "Preview"
    - paragraph:
      - link "What we keep about you"${LETTER}
- contentinfo:
  - list:
    - listitem:
      - link "To Top"`
const COMMENTS = `
- banner
- main:
  - heading [level=1]:
    - link${VOTES}
  - region "What do you think?":
    - form "Leave a reply":
      - textbox "Name" [invalid]
      - paragraph: Please enter your name.
      - textbox "Comment" [invalid]
      - paragraph: Please write a comment.
      - paragraph:
        - button "Post comment"
        - button "Preview"${LETTER}
      - form "Reply to Reader 1":
        - heading "Reply to Reader 1" [level=3]
        - textbox "Name"
        - textbox "Reply"
        - paragraph:
          - button "Post reply"
          - button "Preview"
          - link "Cancel"
- contentinfo`
const MISSING = `
- banner
- main:
  - heading "Page not found" [level=1]
  - paragraph:
    - link "Read the story"
    - link "its comments"`
const OFFLINE = `
- banner
- main:
  - heading "No connection" [level=1]
  - paragraph: /Comments and other pages need a connection/
  - paragraph:
    - link "Read the saved story"
  - paragraph: /^If you just sent something/`
const DESK = `
- banner
- main:
  - heading "Moderation" [level=1]
  - navigation "Moderation":
    - list:
      - listitem:
        - link "Queue"
      - listitem:
        - link "Log"
      - listitem:
        - link "Bans"
      - listitem:
        - link "Settings"
  - button "Sign out"
  - heading "3 to review" [level=2]
  - article "Ann":
    - checkbox "Select the comment by Ann"
    - heading "Ann" [level=2]
    - button "Approve"
    - button "Reject"
    - button "Delete"`

/** Parts of a page that lie over each other, stick out of the screen, or stand on an edge of their own. */
function untidy() {
  const name = (element: Element) => element.outerHTML.slice(0, 120)
  const isInFlow = (element: Element) => {
    const { position, float, display, visibility } = getComputedStyle(element)
    const isPlaced = /static|relative/.test(position) && float === 'none'
    // Its room for a finger lies over its neighbours.
    if (element.matches('.reach')) return false
    return (
      isPlaced && display !== 'contents' && visibility === 'visible' && element.clientHeight > 0
    )
  }
  const outside = [...document.querySelectorAll('body *')]
    .filter(
      (element) => element.checkVisibility() && !element.closest('.sr-only, .skip-link, .truncate'),
    )
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 0 && (left < -0.5 || right > innerWidth + 0.5)
    })
  const overlaps = [
    ...document.querySelectorAll('main, main :is(section, article, form, ul, header)'),
  ]
    .map((parent) => [...parent.children].filter(isInFlow))
    .flatMap((parts) =>
      parts.flatMap((one, index) =>
        parts.slice(index + 1).flatMap((other) => {
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
          const isApart =
            a.right <= b.left + 1 ||
            b.right <= a.left + 1 ||
            a.bottom <= b.top + 1 ||
            b.bottom <= a.top + 1
          return isApart ? [] : [`${name(one)} and ${name(other)}`]
        }),
      ),
    )
  const column = ['.story', '#votes', '#author', '#comments', '#leave-a-reply']
    .flatMap((selector) => [...document.querySelectorAll(selector)])
    .map((part) => part.getBoundingClientRect())
  const edges = [...new Set(column.flatMap(({ left, right }) => [left, right].map(Math.round)))]
  return { outside: outside.map(name), overlaps, edges: Math.max(edges.length - 2, 0) }
}

/** Lines of the headline that something else lies over at their beginning or end. */
function covered() {
  const headline = document.querySelector('h1')!
  const range = new Range()
  range.selectNodeContents(headline)
  return [...range.getClientRects()]
    .filter(({ bottom }) => bottom < innerHeight - 100)
    .flatMap(({ left, right, top, bottom }) =>
      [left + 1, right - 1].map((x) => document.elementFromPoint(x, (top + bottom) / 2)!),
    )
    .filter((element) => element !== headline)
    .map(({ outerHTML }) => outerHTML.slice(0, 120))
}

async function expectTidy(page: Page, state: string) {
  expect(await page.evaluate(untidy), state).toEqual({ outside: [], overlaps: [], edges: 0 })
}

/** How far from the edge each line of what stands in rows begins, in pixels, a list each. */
function beginnings() {
  const rows = document.querySelectorAll(
    '#comments article footer, #comments nav, #comments article form > p:has(> button)',
  )
  return [...rows].map((row) => {
    const column = row.closest('form') ?? row.parentElement!
    const { borderLeftWidth, paddingLeft } = getComputedStyle(column)
    const edge =
      column.getBoundingClientRect().left + parseFloat(borderLeftWidth) + parseFloat(paddingLeft)
    const lines = new Map<number, number>()
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    for (const act of row.querySelectorAll('a, button, input + span')) {
      const seen = new Range()
      if (act.matches('.border, .bg-ink')) seen.selectNode(act)
      else seen.selectNode(act.querySelector('svg') ?? act.firstChild!)
      const { left: start, top, width, height } = act.getBoundingClientRect()
      // What stands in one line has one middle, within a pixel or two.
      const line = Math.round((top + height / 2) / 8)
      // An arrow is drawn in the middle, in the room of an icon.
      const isArrow = act.matches('.comment > footer button')
      const left = isArrow ? start + (width - 1.125 * rem) / 2 : seen.getBoundingClientRect().left
      lines.set(line, Math.min(left - edge, lines.get(line) ?? Infinity))
    }
    return [...lines.values()].map((left) => Math.round(left) + 0)
  })
}

/** A part of each kind. */
const PARTS = `
  html
  body
  #top > div
  #top p
  main
  h1
  #story > header > p
  [aria-label=Categories]
  .story
  .story > p
  .story h2
  #votes
  #votes button
  #votes form + p, #votes output
  #author
  #author h2
  #comments
  #comments h2
  #leave-a-reply
  #leave-a-reply h3
  label
  input[name=name]
  textarea
  [role=alert]
  #leave-a-reply button
  main article article, #comments article
  #comments article h3
  #comments article .comment-text
  #comments article blockquote
  #comments article footer
  body > footer
  body > footer ul
  nav
  .quick-navigation > button
  #contents
  nav ol
  main ul
  main li
  main article button
`
  .trim()
  .split(/\n +/)

/**
 * How the parts of a page look, a line each: what of it follows from the stylesheet and the width of the
 * screen alone, whatever fonts a machine has. After a change that is meant, `--update-snapshots` writes
 * it anew.
 */
function look(parts: string[]): string {
  const lines = parts.flatMap((part) => {
    const element = [...document.querySelectorAll(part)].find((one) => one.checkVisibility())
    if (!element) return []
    const style = getComputedStyle(element)
    const { left, right } = element.getBoundingClientRect()
    // What its words or its neighbours make wide is as wide as the machine's fonts.
    const isFree =
      style.display.startsWith('inline') ||
      getComputedStyle(element.parentElement ?? element).display.includes('flex') ||
      element.matches('button, nav, nav *')
    const said = [
      isFree ? style.position : `${Math.round(left)}–${Math.round(right)}`,
      `${style.fontSize}/${style.lineHeight}`,
      /[a-z-]+$/.exec(style.fontFamily)?.[0],
      style.fontWeight.replace('400', ''),
      style.fontVariantCaps.replace('normal', ''),
      style.textAlign.replace('start', ''),
      `padding ${style.padding}`.replace(/^padding 0px$/, ''),
      `margin-top ${style.marginTop}`.replace(/^margin-top 0px$/, ''),
      `border ${style.borderWidth}`.replace(/^border 0px$/, ''),
      style.color,
      `on ${style.backgroundColor}`.replace('on rgba(0, 0, 0, 0)', ''),
    ]
    return `${part}: ${said.filter(Boolean).join(', ')}`
  })
  return `${lines.join('\n')}\n`
}

async function expectLook(page: Page, state: string) {
  expect(await page.evaluate(look, PARTS)).toMatchSnapshot(`${state}.txt`)
}

for (const width of [360, 768, 1280])
  test(`pages are made of their parts, in order and tidy, at ${width} px`, async ({
    page,
    site,
    store,
  }) => {
    await writeComments(site.origin, 1)
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const body = page.locator('body')

    await openComments(page)
    await expect(body).toMatchAriaSnapshot(STORY)
    await expectTidy(page, 'story')
    await expectLook(page, `story-${width}`)
    await page.setViewportSize({ width, height: 500 })
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }))
    expect(await page.evaluate(covered), 'the headline').toEqual([])
    await page.setViewportSize({ width, height: 800 })

    await openComments(page, '/comments')
    await page.getByRole('link', { name: 'Reply to Reader 1' }).click()
    await page.getByRole('button', { name: 'Post comment' }).click()
    // Under the pointer the button looks otherwise, for as long as it stays there.
    await page.mouse.move(0, 0)
    await expect(body).toMatchAriaSnapshot(COMMENTS)
    await expectTidy(page, 'comments')
    await expectLook(page, `comments-${width}`)

    for (const [path, parts] of [
      ['/missing', MISSING],
      ['/offline', OFFLINE],
    ] as const) {
      await page.goto(path)
      await expect(body).toMatchAriaSnapshot(parts)
      await expectTidy(page, path)
      await expectLook(page, `${path.slice(1)}-${width}`)
    }

    await fillQueue(store)
    await signIn(page)
    await expect(body).toMatchAriaSnapshot(DESK)
    await expectTidy(page, 'desk')
    await expectLook(page, `desk-${width}`)
  })

test('what wraps begins at the edge on every line', async ({ page }) => {
  await page.setViewportSize({ width: 280, height: 800 })
  const look = appearanceStyle({ ...parseAppearance(''), size: 'larger' }, false)
  await page.addInitScript((look) => localStorage.setItem('look', look), look)
  await openComments(page, '/comments')
  for (const name of ['Ann', 'Ben']) {
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('textbox', { name: 'Comment' }).fill('Words of mine')
    await page.getByRole('button', { name: 'Post comment' }).click()
    await page.getByRole('article', { name }).waitFor()
  }
  await page.getByRole('link', { name: 'Edit the comment by Ann' }).first().click()
  await page.getByRole('button', { name: 'Save changes' }).waitFor()
  const rows = await page.evaluate(beginnings)
  expect(rows).toHaveLength(4)
  expect(rows.flat().length).toBeGreaterThan(5)
  for (const row of rows) expect(row).toEqual(row.map(() => 0))
})
