// Tests components/comments/comment-text.tsx, components/comments/comment-item.tsx
import type { BrowserContext, Page } from '@playwright/test'
import { remark } from 'remark'
import remarkHtml from 'remark-html'
import { cleanText } from '#lib/comments/clean-text.ts'
import { RESTORE_APPEARANCE } from '#lib/browser/reading/restore-appearance.ts'
import { listenForAlarms } from '#tests/support/alarms.ts'
import { ATTACKS } from '#tests/support/attacks.ts'
import { expect, openAwake, openComments, OWN_PAGE, test as base } from '#tests/support/site.ts'

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

type Allowed = Record<string, string[]>
/** The elements around a reader's words, each with the attributes that it may have. */
const FRAME: Allowed = {
  article: ['id', 'class', 'tabindex', 'aria-labelledby'],
  header: ['class'],
  h3: ['id', 'class', 'dir'],
  a: ['href', 'class'],
  time: ['datetime', 'title'],
  details: ['open'],
  summary: [],
  div: ['class', 'dir'],
  strong: ['class'],
  footer: ['class'],
  form: ['method', 'action', 'class'],
  input: ['type', 'name', 'value'],
  button: ['name', 'value', 'aria-pressed', 'class'],
  svg: ['aria-hidden', 'viewBox', 'fill', 'stroke', 'stroke-width', 'class', 'width', 'height'],
  path: ['d'],
  span: ['aria-hidden', 'class', 'role', 'dir'],
  bdi: [],
  p: ['class', 'role'],
}
/** The elements of a reader's words. */
const WORDS: Allowed = {
  a: ['href', 'rel', 'dir'],
  strong: [],
  p: [],
  em: [],
  code: [],
  pre: [],
  ul: [],
  ol: ['start'],
  li: [],
  blockquote: [],
  br: [],
}

type Shown = { id: string; name: string; text: string; faults: string[] }

/** Runs in the browser: what comments hold, and what in them must not be. */
function inspect(articles: Element[], [frame, words]: readonly [Allowed, Allowed]): Shown[] {
  return articles.map((article) => {
    const body = article.querySelector('.comment-text')
    const faults: string[] = []
    for (const element of [article, ...article.querySelectorAll('*')]) {
      const allowed = body !== element && body?.contains(element) ? words : frame
      const attributes = Object.hasOwn(allowed, element.localName) && allowed[element.localName]
      const home = ['svg', 'path'].includes(element.localName)
        ? 'http://www.w3.org/2000/svg'
        : 'http://www.w3.org/1999/xhtml'
      if (!attributes || element.namespaceURI !== home) faults.push(`element ${element.localName}`)
      for (const { name } of element.attributes)
        if (attributes && !attributes.includes(name)) faults.push(`${element.localName} ${name}`)
      const id = article.id.slice(8)
      if (
        element.localName === 'form' &&
        element.getAttribute('action') !== `/api/votes#${article.id}`
      )
        faults.push('another form')
      if (element.localName !== 'a') continue
      const href = element.getAttribute('href') ?? ''
      if (!body?.contains(element)) {
        const [, page, act, target] =
          href.match(/^\/comments\?page=([\w-]+)(?:&act=(\w+))?#(\w+)-\1$/) ?? []
        if (page !== id || target !== (act ?? 'comment')) faults.push(`permalink ${href}`)
      } else if (
        !/^(https?|mailto):/i.test(href) ||
        !['http:', 'https:', 'mailto:'].includes((element as HTMLAnchorElement).protocol) ||
        element.getAttribute('rel') !== 'nofollow ugc noopener'
      )
        faults.push(`link ${element.outerHTML}`)
    }
    const comments = document.createNodeIterator(article, NodeFilter.SHOW_COMMENT)
    // React puts ones with a space between texts.
    for (let node = comments.nextNode(); node; node = comments.nextNode())
      if (node.nodeValue !== ' ') faults.push(`comment ${node.nodeValue}`)
    return {
      id: article.id.replace('comment-', ''),
      name: article.querySelector('h3')?.textContent ?? '',
      text: body?.textContent ?? '',
      faults,
    }
  })
}

const shownOn = (page: Page) =>
  page.locator('#comments article').evaluateAll(inspect, [FRAME, WORDS] as const)

type Posted = { id: string; name: string; text: string }

/** As a person would type it, one of each kind. */
const TYPED = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus=alert(1) autofocus x='",
  '</textarea><script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '\u202e</script><!--\u2028&quot;{alert(1)}',
]
const NAMES = ATTACKS.filter((attack) => attack.length <= 80)

/**
 * Sends every attack as a text, beside every short one as a name, and makes the browser their
 * writer's: some say the same but for signs, and wait for approval. Answers with those taken.
 */
async function postAttacks(origin: string, context: BrowserContext): Promise<Posted[]> {
  const post = (letter: { name: string; text: string }, cookie = '') =>
    fetch(`${origin}/api/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, ...OWN_PAGE },
      body: JSON.stringify({ ...letter, key: crypto.randomUUID() }),
    })
  const first = await post({ name: 'Ann', text: 'First' })
  const cookie = first.headers.get('set-cookie')!.split(';')[0]!
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: origin }])

  const posted = [(await first.json()) as Posted]
  const take = async (letter: { name: string; text: string }): Promise<string[]> => {
    const response = await post(letter, cookie)
    const body = await response.json()
    if (response.status === 201) {
      expect(body).toMatchObject({ text: cleanText(letter.text) })
      posted.push(body as Posted)
      return []
    }
    expect([response.status, letter]).toEqual([422, letter])
    return Object.keys((body as Refusal).error.fields)
  }
  const letters = ATTACKS.map((text, i) => ({ name: NAMES[i] ?? 'Ann', text }))
  await inBatches(letters, async ({ name, text }) => {
    const refused = await take({ name, text })
    // What one of them is refused for says nothing of the other.
    if (refused.join() === 'name') expect(await take({ name: 'Ann', text })).toEqual([])
    if (refused.join() === 'text') expect(await take({ name, text: 'A letter' })).toEqual([])
  })
  // What is refused is no proof of anything.
  expect(posted.filter(({ text }) => text !== 'A letter').length).toBeGreaterThan(400)
  expect(posted.filter(({ name }) => name !== 'Ann').length).toBeGreaterThan(400)
  return posted
}
type Refusal = { error: { fields: Record<string, string> } }

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
}

async function inBatches<Item>(
  items: readonly Item[],
  send: (item: Item) => Promise<void>,
): Promise<void> {
  for (let i = 0; i < items.length; i += 50) await Promise.all(items.slice(i, i + 50).map(send))
}

/** Nothing in it means anything in Markdown, or is white space that a paragraph does not keep. */
const isPlain = (text: string) =>
  !/[\\`*_[\]@~\p{Cc}]|https?:|www\.|^\s*(?:[-+>#]|\d+[.)])|^\s|\s$/iu.test(text)

/** Every comment is there, as markup of ours alone, and says what was sent. */
function expectHarmless(shown: Shown[], posted: Posted[]): void {
  expect(shown.flatMap(({ text, faults }) => faults.map((fault) => [fault, text]))).toEqual([])
  expect(shown.map(({ id }) => id).sort()).toEqual(posted.map(({ id }) => id).sort())
  const sent = new Map(posted.map((letter) => [letter.id, letter]))
  for (const { id, name, text } of shown) {
    const letter = sent.get(id)!
    expect(name).toBe(letter.name)
    if (isPlain(letter.text)) expect(text).toBe(letter.text)
  }
  expect(posted.filter(({ text }) => isPlain(text)).length).toBeGreaterThan(100)
}

const olderOn = (page: Page) => page.getByRole('link', { name: 'Older comments', exact: true })

/** Goes through all pages of comments by their addresses. */
async function readPages(page: Page, open: (path: string) => Promise<unknown>): Promise<Shown[]> {
  const shown: Shown[] = []
  for (let path: string | undefined = '/comments'; path;) {
    await open(path)
    shown.push(...(await shownOn(page)))
    const older = olderOn(page)
    path = (await older.count()) ? (await older.getAttribute('href'))! : undefined
    if (path) expect(path).toMatch(/^\/comments\?after=[\w-]+$/)
  }
  return shown
}

test('no attack in a name or a text becomes markup on the story page', async ({
  page,
  context,
  site,
}) => {
  const posted = await postAttacks(site.origin, context)
  await openComments(page)
  for (let count = 50; count < posted.length; count += 50) {
    await expect(page.locator('#comments article')).toHaveCount(count)
    await olderOn(page).click()
  }
  await expect(page.locator('#comments article')).toHaveCount(posted.length)
  expectHarmless(await shownOn(page), posted)
})

test('no attack in a name or a text becomes markup on the comments pages, with scripts or without', async ({
  page,
  browser,
  context,
  site,
}) => {
  const posted = await postAttacks(site.origin, context)
  expectHarmless(await readPages(page, (path) => openAwake(page, path)), posted)
  const plain = await browser.newContext({
    baseURL: site.origin,
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  })
  const alarms = await listenForAlarms(plain)
  const plainPage = await plain.newPage()
  expectHarmless(await readPages(plainPage, (path) => plainPage.goto(path)), posted)
  expect(alarms).toEqual([])
  await plain.close()
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test.describe('a refused form', () => {
    test.use({ expectedNoise: [/status of 422/] })

    for (const [field, other, value, problem] of [
      ['Name', 'Comment', '', 'Please write a comment.'],
      ['Comment', 'Name', '\u200b', 'Please enter your name.'],
    ] as const)
      test(`shows any attack in the field ${field} as it was typed`, async ({ page }) => {
        await page.goto('/comments')
        for (const attack of TYPED) {
          await page.getByRole('textbox', { name: field }).fill(attack)
          await page.getByRole('textbox', { name: other }).fill(value)
          const [response] = await Promise.all([
            page.waitForResponse('**/api/comments'),
            page.getByRole('button', { name: 'Post comment' }).click(),
          ])
          expect(response.status()).toBe(422)
          await expect(page.getByText(problem)).toBeVisible()
          await expect(page.getByRole('textbox', { name: field })).toHaveValue(attack)
          await expect(page.locator('#leave-a-reply').locator('script, img, svg')).toHaveCount(0)
        }
      })
  })
})

/** `elements` has a line for each: a list of hundreds would take longer to come from the browser. */
type Outline = { elements: string; scripts: string[]; name: string | null; text: string }

/**
 * Reads a page as a browser does: its elements with the names of their attributes, and the scripts that
 * are not of every page. Data for programs must be whole.
 */
async function outline(page: Page, html: string): Promise<Outline> {
  return page.evaluate(
    ([html, look]) => {
      const isKnown = (script: Element) =>
        script.getAttribute('type') === 'application/ld+json'
          ? JSON.parse(script.textContent)['@type'] === 'NewsArticle'
          : script.textContent === look || script.hasAttribute('data-src')
      const parsed = new DOMParser().parseFromString(html!, 'text/html')
      const all = [...parsed.querySelectorAll('*')]
      const describe = ({ localName, namespaceURI, attributes }: Element) =>
        [namespaceURI, localName, ...[...attributes].map(({ name }) => name).sort()].join(' ')
      return {
        elements: all.map(describe).join('\n'),
        scripts: all.filter((e) => e.localName === 'script' && !isKnown(e)).map((e) => e.outerHTML),
        name: parsed.querySelector('#comment-name')!.getAttribute('value'),
        text: parsed.querySelector('#comment-text')!.textContent,
      }
    },
    [html, RESTORE_APPEARANCE],
  )
}

async function outlineOf(page: Page, response: Response): Promise<Outline> {
  return outline(page, await response.text())
}

/** What a parser of HTML makes of a text. */
const asRead = (text: string) =>
  text.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd')

type Fields = readonly (readonly [name: string, value: string])[]
for (const [where, typed] of [
  // Beside a key that is none, so that nothing is taken.
  [
    'name and text',
    (name, text) => [
      ['name', name],
      ['text', text],
      ['key', 'none'],
    ],
  ],
  [
    'name of a field',
    (...names) => [['name', 'Ann'], ['text', 'x'], ...names.map((name) => [name, 'x'] as const)],
  ],
] as [string, (...attacks: string[]) => Fields][])
  test(`a refused form differs in no element for any attack as the ${where}`, async ({
    page,
    site,
  }) => {
    const send = (fields: Fields) =>
      fetch(`${site.origin}/api/comments`, {
        method: 'POST',
        headers: OWN_PAGE,
        body: new URLSearchParams(fields.map((field) => [...field])),
        redirect: 'manual',
      })
    // What cannot be kept, NUL for one, has a problem said of it as well.
    const known = await Promise.all(
      [
        ['word', 'words'],
        ['\0', 'word'],
        ['word', '\0'],
        ['\0', '\0\0'],
      ].map(async (words) => {
        const { elements } = await outlineOf(page, await send(typed(...words)))
        return elements
      }),
    )
    expect(known[0]!.split('\n').length).toBeGreaterThan(50)
    // Several in one form: none would undo another. Those have one to themselves whose first or last
    // character could be lost, or mean more, where a field begins or ends: white space, a BOM, a quote.
    const atAnEdge = ATTACKS.filter((attack) => /^\s|[&<"'`=\\\s]$/.test(attack))
    const others = ATTACKS.filter((attack) => !atAnEdge.includes(attack))
    const groups = [...inGroups(atAnEdge, 1), ...inGroups(others, 8)]
    await inBatches(groups, async (attacks) => {
      const fields = typed(
        ...(where === 'name and text' ? [attacks.join(' '), attacks.join('\n')] : attacks),
      )
      const response = await send(fields)
      expect([response.status, attacks]).toEqual([422, attacks])
      const { name, text } = Object.fromEntries(fields) as { name: string; text: string }
      const { elements, ...rest } = await outlineOf(page, response)
      expect(known).toContain(elements)
      expect(rest).toEqual({ scripts: [], name: asRead(name), text: asRead(text) })
    })
  })

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'a form at a comment' : 'without scripts, too', () => {
    test.use({ javaScriptEnabled })

    test('an attack stands in forms, previews and replies as it was typed', async ({
      page,
      context,
      site,
    }) => {
      const key = () => crypto.randomUUID()
      const post = async (letter: object, cookie = '') => {
        const response = await fetch(`${site.origin}/api/comments`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie, ...OWN_PAGE },
          body: JSON.stringify({ ...letter, key: key() }),
        })
        expect(response.status).toBe(201)
        return { response, ...((await response.json()) as Posted) }
      }
      const first = await post({ name: 'Ann', text: 'First' })
      const cookie = first.response.headers.get('set-cookie')!.split(';')[0]!
      const [name, value] = cookie.split('=') as [string, string]
      await context.addCookies([{ name, value, url: site.origin }])
      const open = (path: string) => (javaScriptEnabled ? openAwake(page, path) : page.goto(path))
      // The others differ in nothing that a form would see.
      for (const attack of [TYPED[0]!, TYPED[2]!, TYPED[3]!, TYPED[5]!]) {
        const letter = await post({ name: attack, text: attack }, cookie)
        const answer = await post({ name: 'Ben', text: 'Well', parent: letter.id })
        const path = `/comments?page=${letter.id}&act=`
        await open(`${path}reply#reply-${letter.id}`)
        const link = page.locator(`#comment-${answer.id} header a`, { hasText: /^in reply to / })
        await expect(link).toHaveText(`in reply to ${letter.name}`)
        const reply = page.locator(`#reply-${letter.id}`)
        await expect(reply.locator('h3')).toHaveText(`Reply to ${letter.name}`)
        await reply.getByRole('textbox', { name: 'Reply' }).fill(attack)
        await reply.getByRole('button', { name: 'Preview' }).click()
        const preview = page.getByRole('region', { name: 'Preview' })
        await expect(preview).toBeVisible()
        await expect(preview.locator('script, img, svg, iframe')).toHaveCount(0)
        await expect(reply.getByRole('textbox', { name: 'Reply' })).toHaveValue(attack)

        await open(`${path}edit#edit-${letter.id}`)
        await expect(page.locator(`#edit-${letter.id} textarea`)).toHaveValue(letter.text)
      }
    })
  })

test('a page differs in no element for any attack in its address', async ({ page, site }) => {
  const get = (path: string, what: string) =>
    fetch(`${site.origin}${path}${encodeURIComponent(what.toWellFormed())}`, { redirect: 'manual' })
  const { elements } = await outlineOf(page, await get('/comments?x=1&y=', 'word'))
  const encode = (attack: string) => encodeURIComponent(attack.toWellFormed())
  // A query has at most 1 KB.
  const isLong = (attack: string) => encode(attack).length > 1_000
  const short = ATTACKS.filter((attack) => !isLong(attack))
  expect(short.length).toBeGreaterThan(ATTACKS.length / 2)
  // Several in one address: none would undo another.
  const groups = short.reduce<string[][]>((groups, attack) => {
    const group = groups.at(-1)
    if (group && [...group, attack].map(encode).join('&y=').length < 1_000) group.push(attack)
    else groups.push([attack])
    return groups
  }, [])
  await inBatches(groups, async (attacks) => {
    const response = await get(`/comments?x=${attacks.map(encode).join('&y=')}&z=`, 'word')
    expect([response.status, attacks]).toEqual([200, attacks])
    expect(await outlineOf(page, response)).toMatchObject({ elements, scripts: [] })
  })
  for (const path of ['/comments?page=', '/comments?after=', '/']) {
    const missing = await (await get(path, 'word')).text()
    await inBatches(ATTACKS, async (attack) => {
      const response = await get(path, attack)
      const isRefused = path.includes('?') && isLong(attack)
      expect([response.status, attack]).toEqual([isRefused ? 414 : 404, attack])
      if (!isRefused) expect(await response.text()).toBe(missing)
    })
  }
})

base.describe('on a page that guards against nothing', () => {
  base.use({ expectedNoise: [/./] })

  base('the attacks work, and the check of comments sees them', async ({ page, site }) => {
    test.setTimeout(240_000)
    await page.addInitScript(() => {
      window.alert = () => {
        const worked = (top as never as { worked: Set<string> }).worked
        worked.add((window.frameElement as HTMLElement).dataset.attack!)
      }
    })
    // Both ways in which a careless site would show a text.
    const naive = remark().use(remarkHtml, { sanitize: false })
    const pieces = ATTACKS.map((attack) => [attack, String(naive.processSync(attack))])
    await page.route('**/unguarded*', (route) => {
      const i = Number(new URL(route.request().url()).search.slice(1))
      const html = i >= 0 ? pieces[i]!.join('\n') : ''
      return route.fulfill({ contentType: 'text/html', body: `<!doctype html>${html}` })
    })
    await page.goto(`${site.origin}/unguarded?-1`)
    await page.evaluate((count) => {
      Object.assign(window, { worked: new Set() })
      for (let i = 0; i < count; i++) {
        const frame = document.createElement('iframe')
        frame.dataset.attack = String(i)
        frame.src = `/unguarded?${i}`
        frame.onload = () => frame.contentDocument?.querySelectorAll('a').forEach((a) => a.click())
        document.body.append(frame)
      }
    }, ATTACKS.length)
    const worked = () =>
      page.evaluate(() => (window as never as { worked: Set<string> }).worked.size)
    // Hundreds of pages are opened.
    await expect.poll(worked, { timeout: 180_000 }).toBeGreaterThan(200)

    const faults = await page.evaluate(
      ([pieces, allowed, source]) => {
        const check = new Function(`return ${source}`)() as typeof inspect
        return pieces.map((piece) => {
          const parsed = new DOMParser().parseFromString(
            `<article id="comment-1"><h3>Ann</h3><div>${piece}</div></article>`,
            'text/html',
          )
          return check([parsed.querySelector('article')!], allowed)[0]!.faults.length
        })
      },
      [pieces.map(([, html]) => html!), [FRAME, WORDS] as const, inspect.toString()] as const,
    )
    expect(faults.filter((count) => count > 0).length).toBeGreaterThan(250)
  })
})
