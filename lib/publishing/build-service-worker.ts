import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { ISLANDS, MINIFIED } from '#lib/publishing/build-islands.ts'

/**
 * Bundles the service worker with the list of files that it caches when it is installed: scripts of
 * islands, styles, fonts and icons of these documents, and the offline page. It adds the story itself.
 *
 * @param folder of the build
 * @param documents names of built pages, `offline` among them
 * @returns the code of the script
 */
export async function buildWorker(folder: string, documents: string[]): Promise<string> {
  const pages = await Promise.all(
    documents.map((name) => readFile(join(folder, 'documents', `${name}.html`), 'utf8')),
  )
  const scripts = (await readdir(join(folder, ISLANDS)))
    .filter((file) => file.endsWith('.js'))
    .map((file) => `/_next/${ISLANDS}/${file}`)
  const styles = pages
    .flatMap((page) => [...page.matchAll(/data-src="([^"]*)/g)])
    .flatMap(([, sources]) => sources!.split(' ').filter((source) => source.endsWith('.css')))
  const fonts = pages.flatMap((page) =>
    [...page.matchAll(/url\((\/_next\/static\/fonts\/[^)]*)/g)].map(([, url]) => url!),
  )
  const named = pages.flatMap((page) =>
    [...page.matchAll(/<link rel="(?:[\w-]*icon|manifest)" href="(\/[^"?]*)/g)].map(
      ([, path]) => path!,
    ),
  )
  const files = [
    ...[...new Set([...scripts, ...styles, ...fonts])].map((url) => ({ url, revision: null })),
    ...(await Promise.all([...new Set(named)].map((url) => publicFile(folder, url)))).flat(),
    { url: '/offline', revision: revisionOf(pages[documents.indexOf('offline')]!) },
    { url: '/proof-worker.js', revision: revisionOf(await readFile('public/proof-worker.js')) },
  ]
  const bundle = await rolldown({
    input: 'lib/browser/offline/service-worker.ts',
    platform: 'browser',
    transform: {
      define: {
        FILES: JSON.stringify(files),
        'process.env.NODE_ENV': '"production"',
      },
    },
  })
  const { output } = await bundle.generate({
    format: 'iife',
    codeSplitting: false,
    ...MINIFIED,
  })
  await bundle.close()
  // Each change of a page makes another worker, whose installation caches the story again.
  return `${output[0].code}\n// ${revisionOf(pages.join())}`
}

async function publicFile(
  folder: string,
  url: string,
): Promise<{ url: string; revision: string }[]> {
  const path = [join('public', url), join(folder, 'published', url)].find(existsSync)
  return path ? [{ url, revision: revisionOf(await readFile(path)) }] : []
}

function revisionOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}
