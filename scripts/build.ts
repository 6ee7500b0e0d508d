import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { loadContent } from '#lib/story/content.ts'
import { matchesNames, matchesPage } from '#lib/publishing/critical-css.ts'
import { makeServedPage, minifyLoader } from '#lib/publishing/prerendered-page.ts'
import { buildIslands } from '#lib/publishing/build-islands.ts'
import { buildServer } from '#lib/publishing/build-server.ts'
import { makePictures } from '#lib/publishing/responsive-images.ts'
import { RESIZED_FOLDER } from '#lib/story/pictures.ts'
import { BEST, encode } from '#lib/server/content-coding.ts'
import { PLACEHOLDER_ORIGIN } from '#lib/metadata/site-origin.ts'
import { WORKER_POLICY } from '#lib/http/security-headers.ts'
import { buildWorker } from '#lib/publishing/build-service-worker.ts'
import { keepPreviousAssets } from '#lib/publishing/keep-previous-assets.ts'

/**
 * `npm run build`, after the content is checked: the pictures are made, and Next builds; then its
 * prerendered pages become the documents that the server serves, the server is bundled, its prerendered files (cards, the
 * manifest) are laid where it finds them, and every asset gets its compressed copies.
 */
const APP = '.next/server/app'
const STATIC = '.next/static'
const DOCUMENTS = '.next/documents'
const PUBLISHED = '.next/published'
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

await makePictures((await loadContent()).pictures)
const previous = await keepPreviousAssets(STATIC)
try {
  const { status } = spawnSync('next', ['build', '--experimental-next-config-strip-types'], {
    stdio: 'inherit',
    // The same build serves any SITE_URL: the server knows it.
    env: { ...process.env, SITE_URL: PLACEHOLDER_ORIGIN, NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (status === 0) await publish()
  else process.exitCode = status ?? 1
} finally {
  // Restores them whatever came of this build: readers still have pages of the former one open.
  await previous.restore()
}

/** Makes of what Next has built all that the server sends, and the server. */
async function publish(): Promise<void> {
  await cp(RESIZED_FOLDER, join(STATIC, 'media'), {
    recursive: true,
    filter: (file) => !file.endsWith('.json'),
  })
  await rm(DOCUMENTS, { recursive: true, force: true })
  await mkdir(DOCUMENTS)
  const loader = await minifyLoader(await readFile('lib/browser/loader.ts', 'utf8'))
  const scriptsFor = await buildIslands()
  const componentCode = await buildServer()
  for (const file of await readdir(APP, { recursive: true })) {
    if (!file.endsWith('.html') || file === '_global-error.html') continue
    const name = file.slice(0, -(file.endsWith(SHELL) ? SHELL : '.html').length)
    const shell = file.endsWith(SHELL) ? SHELLS[name] : undefined
    const { html, policy } = makeServedPage(await readFile(join(APP, file), 'utf8'), {
      loader,
      scripts: scriptsFor(shell?.islands ?? []),
      readStyle: (address) => readFileSync(address.replace('/_next/', '.next/'), 'utf8'),
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
    await writeCompressed(join(DOCUMENTS, `${name}.html`), Buffer.from(html))
    await writeFile(join(DOCUMENTS, `${name}.policy`), policy)
  }
  await rm(PUBLISHED, { recursive: true, force: true })
  for (const file of await readdir(APP, { recursive: true }))
    if (file.endsWith('.body')) {
      const target = join(PUBLISHED, file.slice(0, -'.body'.length))
      await mkdir(dirname(target), { recursive: true })
      await copyFile(join(APP, file), target)
    }

  await writeCompressed(
    join(DOCUMENTS, 'sw.js'),
    Buffer.from(await buildWorker(['index', 'offline'])),
  )
  await writeFile(join(DOCUMENTS, 'sw.policy'), WORKER_POLICY)
  for (const file of await readdir(STATIC, { recursive: true })) {
    // Next's own scripts are for `next start`, which compresses by itself.
    const isSent = /^islands\/.*\.js$|\.(css|svg)$/.test(file)
    if (isSent) await writeCompressed(join(STATIC, file), await readFile(join(STATIC, file)))
  }
}

/** Writes the file and, beside it, what a browser gets that takes brotli or gzip. */
async function writeCompressed(path: string, content: Buffer): Promise<void> {
  await writeFile(path, content)
  await writeFile(`${path}.br`, await encode(content, 'br', BEST))
  await writeFile(`${path}.gz`, await encode(content, 'gzip', BEST))
}
