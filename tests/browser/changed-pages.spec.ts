// Tests lib/browser/tolerate-dom-changes.ts, lib/browser/hydrate-islands.ts
import type { Page, Route } from '@playwright/test'
import type { Comment } from '#lib/comments/comment.ts'
import { fillQueue, signIn, test as moderation } from '#tests/support/moderation-site.ts'
import { expect as hard, openComments, OWN_PAGE, test, writeComments } from '#tests/support/site.ts'

/** How long something may take to be seen, in milliseconds. */
const TIMEOUT = 30_000
/** Goes on after a failure: a page is opened once for all that is to be found on it. */
const expect = hard.configure({ soft: true, timeout: TIMEOUT })

// Nothing moves that a click would wait for.
const STILL = { contextOptions: { reducedMotion: 'reduce' } } as const
test.use(STILL)
moderation.use(STILL)

declare global {
  interface Window {
    /** Finds the text nodes that a reader may see. */
    findTexts(): Text[]
    /** Puts new elements with a text in the place of a text node. */
    replaceText(text: Text, words: string): void
  }
}

/** Ways in which translators and extensions change a page; each runs in the page. */
const CHANGES = {
  'an element before all others': () => document.body.prepend(document.createElement('div')),
  'an element after each field and button': () => {
    for (const control of document.querySelectorAll('input, textarea, button'))
      control.after(document.createElement('div'))
  },
  'a button after each field and button': () => {
    for (const control of document.querySelectorAll('input, textarea, button'))
      control.after(Object.assign(document.createElement('button'), { type: 'button' }))
  },
  'each field in another element': () => {
    for (const field of document.querySelectorAll('input, textarea')) {
      const around = document.createElement('div')
      field.replaceWith(around)
      around.append(field)
    }
  },
  'attributes on html, body and forms': () => {
    for (const element of document.querySelectorAll('html, body, form')) {
      element.setAttribute('data-extension', '1')
      element.classList.add('extension')
    }
  },
  'no comment nodes': () => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT)
    const comments: ChildNode[] = []
    while (walker.nextNode()) comments.push(walker.currentNode as ChildNode)
    for (const comment of comments) comment.remove()
  },
  'every text replaced by a copy in font elements': () => {
    for (const text of window.findTexts()) window.replaceText(text, text.data)
  },
  'every text moved into a font element': () => {
    for (const text of window.findTexts()) {
      const font = document.createElement('font')
      text.replaceWith(font)
      font.append(text)
    }
  },
  'every text split': () => {
    for (const text of window.findTexts()) text.splitText(Math.ceil(text.length / 2))
  },
  'other words in every text': () => {
    for (const text of window.findTexts()) text.data = `[${text.data}]`
  },
  'a translator that goes on with what is new': () => {
    const translate = () => {
      for (const text of window.findTexts())
        if (!text.parentElement!.closest('font')) window.replaceText(text, `[${text.data}]`)
    }
    translate()
    const parts = { subtree: true, childList: true, characterData: true }
    new MutationObserver(translate).observe(document.body, parts)
  },
  'the first item of each list last': () => {
    for (const list of document.querySelectorAll('ul, ol'))
      if (list.firstElementChild) list.append(list.firstElementChild)
  },
  'the first comment last': () => {
    const comments = document.querySelectorAll('main article:not(#story)')
    comments[comments.length - 1]?.after(comments[0]!)
  },
  'each comment in an element with a button': () => {
    for (const comment of document.querySelectorAll('main article:not(#story)')) {
      const around = document.createElement('div')
      comment.replaceWith(around)
      around.append(comment, document.createElement('button'))
    }
  },
}
type Change = keyof typeof CHANGES

async function change(page: Page, ...changes: Change[]): Promise<void> {
  await page.evaluate(() => {
    window.findTexts = () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      const unseen = 'script, style, noscript, textarea'
      return texts.filter((text) => text.data.trim() && !text.parentElement!.closest(unseen))
    }
    window.replaceText = (text, words) => {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')]
      inner.append(words)
      outer.append(inner)
      text.replaceWith(outer)
    }
  })
  for (const name of changes) await page.evaluate(CHANGES[name])
}

/**
 * Opens a page, changes it before its scripts come, and wakes it.
 *
 * @returns what was to be read when it was changed
 */
async function openChanged(page: Page, path: string, change: () => Promise<void>): Promise<string> {
  const scripts = Promise.withResolvers<void>()
  await page.route('**/_next/static/islands/**', async (route) => {
    await scripts.promise
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'domcontentloaded' })
  await change()
  const before = await readWords(page)
  await page.evaluate(() => {
    addEventListener('hydrated', () => document.documentElement.setAttribute('data-hydrated', ''))
    dispatchEvent(new Event('pointermove'))
  })
  scripts.resolve()
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached', timeout: TIMEOUT })
  if (await page.locator('x-island[name=deferred]').count())
    await page.locator('#network').waitFor({ state: 'attached', timeout: TIMEOUT })
  await expectNoLess(page, before, 'hydrated')
  return before
}

/** Reads what is seen, without what a change has put around it. */
async function readWords(page: Page): Promise<string> {
  return (await page.evaluate(() => document.body.innerText)).replace(/[[\]]/g, '')
}

/**
 * Words that may go: counts and what is counted, what fills a place until it is known, and the link that
 * comes with scrolling.
 */
const MAY_GO = /^([\d,.]+|[–−]|Loading|People|Person|comments?|views?|To|Top)$/

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.replace(/\b(Up|Down)votes\b/g, '$1vote').split(/\s+/))
    if (word && !MAY_GO.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

async function expectNoLess(page: Page, before: string, when: string): Promise<void> {
  const findLost = async () => {
    const after = countWords(await readWords(page))
    return [...countWords(before)].filter(([word, count]) => (after.get(word) ?? 0) < count)
  }
  await poll(findLost, when).toEqual([])
}

/** Asks often: most of what is waited for comes at once. */
const poll = <Value>(ask: () => Value, when: string) =>
  expect.poll(ask, { message: when, intervals: [50, 100, 200] })

/** Finds all that is seen of such a kind: a second would be what should have gone. */
const find = (page: Page, kind: RegExp) => async () =>
  [...(await readWords(page)).matchAll(kind)].map(([text]) => text.trim())

/** Sends as another reader would, without a browser. */
async function send(origin: string, path: string, fields: object): Promise<void> {
  const { status } = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN_PAGE },
    body: JSON.stringify(fields),
  })
  hard(status).toBeLessThan(300)
}

const get = async (origin: string, path: string) => (await fetch(origin + path)).json()

const side = (page: Page, name: 'Upvote' | 'Downvote') =>
  page.locator('#votes').getByRole('button', { name: new RegExp(name) })

async function expectTally(
  page: Page,
  origin: string,
  { up, down = 0, mine }: { up: number; down?: number; mine?: 'Upvote' | 'Downvote' },
  when: string,
) {
  const people = up + down === 1 ? '1 Person' : `${up + down} People`
  await poll(find(page, /\d+ \w+ voted this article\..*/g), when).toEqual([
    `${people} voted this article. ${up} Upvote${up === 1 ? '' : 's'} - ${down} Downvote${down === 1 ? '' : 's'}.`,
  ])
  for (const name of ['Upvote', 'Downvote'] as const)
    await expect(side(page, name), when).toHaveAttribute('aria-pressed', String(mine === name))
  await poll(() => get(origin, '/api/votes'), when).toMatchObject({ up, down })
}

/** Counts what a page sends from now on. */
function countSent(page: Page): (path: string) => number {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname)
  })
  return (path) => sent.filter((one) => one === path).length
}

/** Votes and comments, this reader's and another's, are counted once and seen. */
async function expectLife(page: Page, origin: string, comments: Comment[]): Promise<void> {
  const sent = countSent(page)
  await side(page, 'Upvote').click()
  await expectTally(page, origin, { up: 1, mine: 'Upvote' }, 'a vote')

  const [first] = comments
  const item = page.locator('#comments article', { hasText: /Reader 1(?!\d)/ })
  const points = async () =>
    (await item.innerText()).replace(/[[\]]/g, '').match(/(\d+)\s*points?\b/g)
  if (first) {
    await item.getByRole('button', { name: /Upvote/ }).click()
    await poll(points, 'a vote on a comment').toEqual([expect.stringMatching(/^1\s*p/)])
  }
  await expectCommentable(page)

  await send(origin, '/api/votes', { vote: 'up' })
  if (first) await send(origin, '/api/votes', { vote: 'up', comment: first.id })
  const news: { text: string; parent?: string }[] = [{ text: 'Written by another' }]
  if (first) news.push({ text: 'Answered by another', parent: first.id })
  for (const one of news)
    await send(origin, '/api/comments', { name: 'Ben', key: crypto.randomUUID(), ...one })
  await expectTally(page, origin, { up: 2, mine: 'Upvote' }, 'another’s vote')
  if (first)
    await poll(points, 'another’s vote on a comment').toEqual([expect.stringMatching(/^2\s*p/)])
  await poll(find(page, /\d+ new comments?/g), 'news').toEqual([
    first ? '2 new comments' : '1 new comment',
  ])
  await page.locator('#comments button.notice').click()
  for (const { text } of news) await poll(find(page, new RegExp(text, 'g')), 'news').toHaveLength(1)
  const total = comments.length + 1 + news.length
  await poll(find(page, /\d+ comments/g), 'the count').toEqual([`${total} comments`])
  await expect(page.locator('#comments article')).toHaveCount(total)

  await side(page, 'Upvote').click()
  await expectTally(page, origin, { up: 1 }, 'a vote taken back')
  await side(page, 'Downvote').click()
  await expectTally(page, origin, { up: 1, down: 1, mine: 'Downvote' }, 'a vote down')
  const { comments: listed } = (await get(origin, '/api/comments')) as { comments: Comment[] }
  expect(listed.filter(({ name }) => name === 'Ann')).toHaveLength(1)
  expect(listed.find(({ id }) => id === first?.id)?.votes.up ?? 2).toBe(2)
  expect(sent('/api/votes')).toBe(first ? 4 : 3)
  expect(sent('/api/comments')).toBe(1)
  // A link to a comment leads to it, and not to another.
  for (const { id, name } of listed)
    await expect(page.locator(`[id="comment-${id}"] h3`)).toContainText(name)
  await page.getByRole('link', { name: /Oldest/ }).click()
  await expect(page.locator('#comments [aria-current]')).toContainText('Oldest')
  await expect(page.locator('#comments article')).toHaveCount(total)
}

/** A form says what is wrong with it until it is right, and what it sends is seen. */
async function expectCommentable(page: Page): Promise<void> {
  const problem = find(page, /Please write a comment\./g)
  const post = page.locator('#leave-a-reply').getByRole('button', { name: /Post comment/ })
  await page.locator('#comment-name').fill('Ann')
  await post.click()
  await poll(problem, 'a problem').toHaveLength(1)
  await page.locator('#comment-text').fill('Written after the change')
  await post.click()
  await poll(find(page, /Written after the change/g), 'a comment').toHaveLength(1)
  await expect(page.locator('#comment-text')).toHaveValue('')
  await poll(problem, 'a problem that is mended').toEqual([])
}

const GROUPS: Change[][] = [
  [
    'an element before all others',
    'an element after each field and button',
    'attributes on html, body and forms',
    'no comment nodes',
    'other words in every text',
    'the first item of each list last',
    'the first comment last',
  ],
  ['a button after each field and button', 'each field in another element'],
  ['every text replaced by a copy in font elements'],
  ['every text moved into a font element'],
  ['every text split'],
  ['a translator that goes on with what is new'],
  ['each comment in an element with a button'],
]

for (const path of ['/', '/comments'])
  for (const changes of GROUPS) {
    // There the comments come only after.
    if (path === '/comments' || changes[0] !== 'each comment in an element with a button')
      test(`${path} lives when it was changed before: ${changes.join(', ')}`, async ({
        page,
        site,
      }) => {
        const comments = await writeComments(site.origin, 2)
        const field = page.locator('#comment-text')
        const before = await openChanged(page, path, async () => {
          await field.fill('Typed before')
          await change(page, ...changes)
        })
        await expect(field).toHaveValue('Typed before')
        await field.fill('')
        await page.locator('#comments').scrollIntoViewIfNeeded()
        await expect(page.locator('#comments article')).toHaveCount(2)
        const loaded = await readWords(page)
        await expectLife(page, site.origin, comments)
        await expectNoLess(page, before, 'used')
        await expectNoLess(page, loaded, 'used')
      })

    // What is taken over already is not mistaken for another.
    if (changes[0] === 'a button after each field and button') continue
    test(`${path} lives when it is changed after: ${changes.join(', ')}`, async ({
      page,
      site,
    }) => {
      const comments = await writeComments(site.origin, 2)
      await openComments(page, path)
      await change(page, ...changes)
      const before = await readWords(page)
      await expectLife(page, site.origin, comments)
      await expectNoLess(page, before, 'used')
    })
  }

test('without comments, what was changed before takes the first', async ({ page, site }) => {
  await openChanged(page, '/comments', () =>
    change(page, 'every text moved into a font element', 'every text split'),
  )
  await expectLife(page, site.origin, [])
})

test('what the reader has opened, typed and selected before stays so', async ({ page }) => {
  const field = page.locator('#comment-text')
  const contents = page.locator('#contents:popover-open')
  // Opens the contents where they are not beside the text.
  await page.setViewportSize({ width: 800, height: 640 })
  await openChanged(page, '/', async () => {
    await page.evaluate(() => scrollTo({ top: 600, behavior: 'instant' }))
    await page.getByRole('button', { name: 'Quick Navigation' }).click()
    await expect(contents).toBeVisible()
    await field.fill('Typed before')
    await page.locator('#comments-heading').evaluate(({ firstChild }) => {
      getSelection()!.setBaseAndExtent(firstChild!, 0, firstChild!, 'What do you'.length)
    })
  })
  await expect(contents).toBeVisible()
  await expect(field).toHaveValue('Typed before')
  await poll(() => page.evaluate(() => String(getSelection())), 'the selection').toBe('What do you')
})

const openWithout = (page: Page, path: string, ...islands: string[]) =>
  openChanged(page, path, () =>
    page.evaluate((islands) => {
      for (const name of islands) document.querySelector(`x-island[name="${name}"]`)!.remove()
    }, islands),
  )

for (const [path, conversation] of [
  ['/', 'story-comments'],
  ['/comments', 'comments'],
] as const) {
  test(`${path} without its votes takes comments`, async ({ page, site }) => {
    await writeComments(site.origin, 1)
    const before = await openWithout(page, path, 'votes')
    await page.locator('#comments').scrollIntoViewIfNeeded()
    await expectCommentable(page)
    await expectNoLess(page, before, 'used')
  })

  test(`${path} without its comments takes votes`, async ({ page, site }) => {
    const before = await openWithout(page, path, conversation)
    await side(page, 'Upvote').click()
    await expectTally(page, site.origin, { up: 1, mine: 'Upvote' }, 'a vote')
    await side(page, 'Upvote').click()
    await expectTally(page, site.origin, { up: 0 }, 'a vote taken back')
    await expectNoLess(page, before, 'used')
  })
}

test('the story lives without the islands that it can do without', async ({ page, site }) => {
  const before = await openWithout(page, '/', 'views', 'deferred')
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await expectLife(page, site.origin, [])
  await expectNoLess(page, before, 'used')
})

test.describe('with a translator', () => {
  test.use({ expectedNoise: [/status of 422/] })

  test('why a vote or a comment is refused is told until it is taken', async ({ page }) => {
    await openComments(page, '/comments')
    await change(page, 'a translator that goes on with what is new')
    for (const reason of ['Not today.', 'Not tomorrow.']) {
      const error = { code: 'refused', message: reason }
      const refuse = (route: Route) => route.fulfill({ status: 422, json: { error } })
      for (const path of ['votes', 'comments'])
        await page.route(`**/api/${path}`, refuse, { times: 1 })
      await side(page, 'Upvote').click()
      await poll(find(page, /Your vote was not counted.*/g), 'a refused vote').toEqual([
        `Your vote was not counted. ${reason}`,
      ])
      await poll(find(page, /voted this article/g), 'a refused vote').toEqual([])
      await page.locator('#comment-name').fill('Ann')
      await page.locator('#comment-text').fill('At last')
      await page
        .locator('#leave-a-reply')
        .getByRole('button', { name: /Post comment/ })
        .click()
      await poll(find(page, /Your comment was not posted.*/g), 'a refused comment').toEqual([
        `Your comment was not posted. ${reason}`,
      ])
    }
    await side(page, 'Upvote').click()
    await poll(find(page, /Your vote was not counted.*|.*voted this article/g), 'a vote').toEqual([
      '1 Person voted this article',
    ])
    await page
      .locator('#leave-a-reply')
      .getByRole('button', { name: /Post comment/ })
      .click()
    await poll(find(page, /At last/g), 'a comment').toHaveLength(1)
    await poll(find(page, /Your comment was not posted.*/g), 'a comment').toEqual([])
  })
})

/** Changes that may come together, in an order in which none undoes another. */
const TOGETHER: Change[] = [
  ...GROUPS[0]!,
  'every text moved into a font element',
  'every text split',
  'a translator that goes on with what is new',
]

async function expectWhole(page: Page, path: string): Promise<void> {
  const before = await openChanged(page, path, () => change(page, ...TOGETHER))
  await change(page, ...TOGETHER)
  await page.mouse.wheel(0, 100)
  await page.keyboard.press('Escape')
  await expectNoLess(page, before, 'used')
}

test.describe('a page without comments', () => {
  test.use({ expectedNoise: [/status of 404/] })

  for (const path of ['/author', '/privacy', '/offline', '/missing'])
    test(`${path} stays whole`, async ({ page }) => expectWhole(page, path))
})

moderation(
  'the queue stays whole, and its keys lead from one to the next',
  async ({ page, store }) => {
    await fillQueue(store)
    await signIn(page)
    await expectWhole(page, '/moderation')
    for (const index of [0, 1]) {
      await page.keyboard.press('j')
      await expect(page.locator('main article').nth(index)).toBeFocused()
    }
  },
)
