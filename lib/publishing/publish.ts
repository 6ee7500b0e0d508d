import { readFileSync } from 'node:fs'
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { WORKER_POLICY } from '#lib/http/security-headers.ts'
import { buildIslands } from '#lib/publishing/build-islands.ts'
import { buildServer } from '#lib/publishing/build-server.ts'
import { buildWorker } from '#lib/publishing/build-service-worker.ts'
import { NEXT_OUTPUT } from '#lib/publishing/builds.ts'
import { matchesNames, matchesPage } from '#lib/publishing/critical-css.ts'
import { type Cut, makeDisplayFont } from '#lib/publishing/display-font.ts'
import { keepPreviousAssets } from '#lib/publishing/keep-previous-assets.ts'
import { makeServedPage, minifyLoader } from '#lib/publishing/prerendered-page.ts'
import { BEST, encode } from '#lib/server/content-coding.ts'
import { isCased } from '#lib/i18n/script.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'
import { type Content, loadContent } from '#lib/story/content.ts'
import { isLongHeadline } from '#lib/story/headline.ts'
import { RESIZED_FOLDER } from '#lib/story/pictures.ts'
import desk from '#messages/desk.json' with { type: 'json' }
import notFound from '#messages/not-found.json' with { type: 'json' }
import privacy from '#messages/privacy.json' with { type: 'json' }

const APP = join(NEXT_OUTPUT, 'server/app')
const NEXT_STATIC = join(NEXT_OUTPUT, 'static')
/** The folder of the publisher's own pages among the documents. */
const OWN_PAGES = 'pages'
/** The assets of the build that is served. */
const LAST_STATIC = '.next/static'
/** How the file of a page ends that the server fills. */
const SHELL = '/shell.html'
/** What the server puts there: the islands whose scripts do not come by themselves, and its sources. */
const SHELLS: Record<string, { islands: string[]; isSource: (path: string) => boolean }> = {
  comments: {
    islands: ['comments'],
    isSource: (path) => !path.startsWith('components/moderation/'),
  },
  moderation: { islands: ['shortcuts'], isSource: () => true },
}

/** How headline and standfirst are set in `app/styles/opening.css`: letter-spacing, and widths of columns, in em. */
const HEADLINE: Pick<Cut, 'tracking' | 'column'> = { tracking: -0.02, column: [6, 17] }
const LONG_HEADLINE: typeof HEADLINE = { ...HEADLINE, column: [6, 24] }
const STANDFIRST: Pick<Cut, 'tracking' | 'column'> = { tracking: 0, column: [11, 34] }

/**
 * Makes of what Next has built all that the server sends, and the server: prerendered pages become the
 * documents that are served, files such as cards and the manifest are laid where the server finds them,
 * every asset gets its compressed copies, and those of earlier builds are put beside them.
 *
 * @param folder of the build, which is empty
 */
export async function publish(folder: string): Promise<void> {
  const documents = join(folder, 'documents')
  const assets = join(folder, 'static')
  await cp(RESIZED_FOLDER, join(NEXT_STATIC, 'media'), {
    recursive: true,
    filter: (file) => !file.endsWith('.json'),
  })
  await cp(NEXT_STATIC, assets, { recursive: true })
  await mkdir(documents)
  const loader = await minifyLoader(await readFile('lib/browser/loader.ts', 'utf8'))
  const content = await loadContent()
  const ownPages = new Set(content.pages.map(({ name }) => name))
  await mkdir(join(documents, OWN_PAGES))
  const fontFaces = await makeDisplayFont(displayCuts(content), folder)
  const scriptsFor = await buildIslands(folder)
  const componentCode = await buildServer(folder)
  for (const file of await readdir(APP, { recursive: true })) {
    if (!file.endsWith('.html') || file === '_global-error.html') continue
    const name = file.slice(0, -(file.endsWith(SHELL) ? SHELL : '.html').length)
    const shell = file.endsWith(SHELL) ? SHELLS[name] : undefined
    const { html, policy } = makeServedPage(await readFile(join(APP, file), 'utf8'), {
      loader,
      scripts: scriptsFor(shell?.islands ?? []),
      readStyle: (address) => readFileSync(address.replace('/_next', NEXT_OUTPUT), 'utf8'),
      fontFaces,
      matches: (html) =>
        shell
          ? matchesNames(
              html,
              Object.keys(componentCode)
                .filter(shell.isSource)
                .map((path) => componentCode[path]!),
            )
          : matchesPage(html),
      countsView: name === 'index',
      // Moderators work by keys from the first.
      loadsNow: name === 'moderation',
    })
    const ownName = decodeURIComponent(name)
    const target = join(documents, ...(ownPages.has(ownName) ? [OWN_PAGES, ownName] : [name]))
    await writeCompressed(`${target}.html`, Buffer.from(html))
    await writeFile(`${target}.policy`, policy)
  }
  for (const file of await readdir(APP, { recursive: true }))
    if (file.endsWith('.body')) {
      const target = join(folder, 'published', file.slice(0, -'.body'.length))
      await mkdir(dirname(target), { recursive: true })
      await copyFile(join(APP, file), target)
    }

  await writeCompressed(
    join(documents, 'sw.js'),
    Buffer.from(await buildWorker(folder, ['index', 'offline'])),
  )
  await writeFile(join(documents, 'sw.policy'), WORKER_POLICY)
  for (const file of await readdir(assets, { recursive: true })) {
    // Next's own scripts are for `next start`, which compresses by itself.
    const isSent = /^islands\/.*\.js$|\.(css|svg)$/.test(file)
    if (isSent) await writeCompressed(join(assets, file), await readFile(join(assets, file)))
  }
  await keepPreviousAssets(LAST_STATIC, assets)
}

/** Lists what is set in the display face: the names of site and author, headings of pages, the standfirst. */
function displayCuts({ article, author, pages }: Content): Cut[] {
  const { title, description, dropCapital = '', language } = article
  const headings = [privacy.title, notFound.heading, desk.title, ...pages.map(({ title }) => title)]
  return [
    {
      weight: 600,
      fitted: title,
      others: [SITE_NAME, author.name, dropCapital, ...headings],
      ...(isLongHeadline(title) ? LONG_HEADLINE : HEADLINE),
    },
    // Elsewhere letters are too many, or too rich, for this file to be small.
    ...(isCased(language)
      ? [{ weight: 400 as const, fitted: description, others: [], ...STANDFIRST }]
      : []),
  ]
}

/** Writes the file and, beside it, what a browser gets that takes brotli or gzip. */
async function writeCompressed(path: string, content: Buffer): Promise<void> {
  await writeFile(path, content)
  await writeFile(`${path}.br`, await encode(content, 'br', BEST))
  await writeFile(`${path}.gz`, await encode(content, 'gzip', BEST))
}
