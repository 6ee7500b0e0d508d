import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { NEXT_OUTPUT } from '#lib/publishing/builds.ts'
import { matchesPage } from '#lib/publishing/critical-css.ts'
import { makeServedPage } from '#lib/publishing/prerendered-page.ts'
import { renderMarkdown } from '#lib/story/markdown.ts'
import type { Pictures } from '#lib/story/pictures.ts'

/**
 * Serves the built page with another story in it, at `/story-of-ours`.
 *
 * @param below HTML in place of the references
 * @param direction in which the page is set
 */
export async function serveStory(
  page: Page,
  text: string,
  made: Pictures = {},
  below = '',
  direction: 'ltr' | 'rtl' = 'ltr',
): Promise<void> {
  const built = await readFile(join(NEXT_OUTPUT, 'server/app/index.html'), 'utf8')
  const { html } = await renderMarkdown(text, { pictures: made })
  const prose = /(<div class="prose[^"]* story">).*?(<\/div><\/div><\/article>)/s
  expect(prose.test(built)).toBe(true)
  const document = makeServedPage(
    built
      .replace(
        prose,
        (_, start: string, end: string) => `${start}${html}</div></div>${below}${end}`,
      )
      .replace(/ dir="ltr"/, ` dir="${direction}"`),
    {
      loader: '',
      scripts: [],
      readStyle: (address) => readFileSync(address.replace('/_next', NEXT_OUTPUT), 'utf8'),
      fontFaces: '',
      matches: matchesPage,
      countsView: false,
      loadsNow: false,
    },
  )
  await page.route('**/story-of-ours', (route) =>
    route.fulfill({
      body: document.html,
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': document.policy },
    }),
  )
}
