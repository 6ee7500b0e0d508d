import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { loadContent } from '#lib/content.ts'
import { makeDocument, minifyLoader } from '#lib/documents.ts'
import { makePictures } from '#lib/make-pictures.ts'
import { PICTURES } from '#lib/pictures.ts'
import { getSettings } from '#lib/settings.ts'
import { WORKER_POLICY } from '#lib/policy.ts'
import { buildWorker } from '#scripts/worker.ts'
import { setAside } from '#scripts/former-assets.ts'

/**
 * `npm run build`, after the content is checked: the pictures are made, and Next builds; then its
 * prerendered pages become the documents that `server.ts` serves, its prerendered files (cards, the
 * manifest) are laid where it finds them, and every asset gets its compressed copies.
 */
const APP = '.next/server/app'
const STATIC = '.next/static'
const DOCUMENTS = '.next/documents'
const PUBLISHED = '.next/published'

await makePictures((await loadContent()).pictures)
const former = await setAside(STATIC)
const next = spawnSync('next', ['build'], {
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
})
if (next.status !== 0) {
  await former.bringBack()
  process.exit(next.status ?? 1)
}

await cp(PICTURES, join(STATIC, 'media'), {
  recursive: true,
  filter: (file) => !file.endsWith('.json'),
})
await rm(DOCUMENTS, { recursive: true, force: true })
await mkdir(DOCUMENTS)
const loader = await minifyLoader(await readFile('lib/loader.ts', 'utf8'))
for (const file of await readdir(APP)) {
  if (!file.endsWith('.html') || file === '_global-error.html') continue
  const document = await makeDocument(await readFile(join(APP, file), 'utf8'), loader, {
    countsView: file === 'index.html',
  })
  await writeFile(join(STATIC, document.boot.name), document.boot.text)
  const name = file.slice(0, -'.html'.length)
  await writeCompressed(join(DOCUMENTS, file), Buffer.from(document.html))
  await writeFile(join(DOCUMENTS, `${name}.policy`), document.policy)
}
await rm(PUBLISHED, { recursive: true, force: true })
for (const file of await readdir(APP, { recursive: true }))
  if (file.endsWith('.body')) {
    const target = join(PUBLISHED, file.slice(0, -'.body'.length))
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(APP, file), target)
  }
if (existsSync('.env')) process.loadEnvFile()
if (!getSettings().siteOrigin)
  console.warn(
    'SITE_URL is not set: the story is built without canonical, og:url and og:image, which must name the whole address, and its other addresses are relative.',
  )

await writeCompressed(
  join(DOCUMENTS, 'sw.js'),
  Buffer.from(await buildWorker(['index', 'offline'])),
)
await writeFile(join(DOCUMENTS, 'sw.policy'), WORKER_POLICY)
for (const file of await readdir(STATIC, { recursive: true, withFileTypes: true }))
  if (file.isFile() && /\.(js|css|svg|json|txt)$/.test(file.name)) {
    const path = join(file.parentPath, file.name)
    await writeCompressed(path, await readFile(path))
  }

await former.bringBack()

/** Writes the file and, beside it, what a browser gets that takes brotli or gzip. */
async function writeCompressed(path: string, content: Buffer): Promise<void> {
  await writeFile(path, content)
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params: size }))
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
}
