import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { makeDocument, minifyLoader } from '#lib/documents.ts'

/**
 * `npm run build`, after the content is checked: Next builds; then its prerendered pages become the
 * documents that `server.ts` serves, and every asset gets its compressed copies.
 */
const APP = '.next/server/app'
const STATIC = '.next/static'
const DOCUMENTS = '.next/documents'

const next = spawnSync('next', ['build'], {
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
})
if (next.status !== 0) process.exit(next.status ?? 1)

await rm(DOCUMENTS, { recursive: true, force: true })
await mkdir(DOCUMENTS)
const loader = await minifyLoader(await readFile('lib/loader.ts', 'utf8'))
for (const file of await readdir(APP)) {
  if (!file.endsWith('.html') || file === '_global-error.html') continue
  const document = makeDocument(await readFile(join(APP, file), 'utf8'), loader, {
    countsView: file === 'index.html',
  })
  await writeFile(join(STATIC, document.boot.name), document.boot.text)
  const name = file.slice(0, -'.html'.length)
  await writeCompressed(join(DOCUMENTS, file), Buffer.from(document.html))
  await writeFile(join(DOCUMENTS, `${name}.policy`), document.policy)
}
for (const file of await readdir(STATIC, { recursive: true, withFileTypes: true }))
  if (file.isFile() && /\.(js|css|svg|json|txt)$/.test(file.name)) {
    const path = join(file.parentPath, file.name)
    await writeCompressed(path, await readFile(path))
  }

/** Writes the file and, beside it, what a browser gets that takes brotli or gzip. */
async function writeCompressed(path: string, content: Buffer): Promise<void> {
  await writeFile(path, content)
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params: size }))
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
}
