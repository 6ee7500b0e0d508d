import { readFile } from 'node:fs/promises'
import { brotliCompressSync } from 'node:zlib'

/** KB in brotli. 14 KB is what a new connection may send before it waits for the reader. */
const LIMITS = { 'story, with all its style': 14, 'scripts, with Next and React': 125 }

/** `npm run size`: what a reader's browser is sent, against its limits. */
const html = await readFile('.next/server/app/index.html', 'utf8')
const sources = [...html.matchAll(/<script[^>]* src="\/_next\/([^"]+)"[^>]*>/g)]
  // Browsers that know modules do not load these.
  .filter(([tag]) => !/nomodule/i.test(tag))
  .map(([, path]) => path!)
if (sources.length === 0)
  throw new Error('The story loads no scripts: is this a build of Broadside?')
const scripts = await Promise.all([...new Set(sources)].map((path) => readFile(`.next/${path}`)))
const sizes = {
  'story, with all its style': kilobytes(Buffer.from(html)),
  'scripts, with Next and React': scripts.reduce((sum, script) => sum + kilobytes(script), 0),
}
for (const [what, size] of Object.entries(sizes)) {
  const limit = LIMITS[what as keyof typeof LIMITS]
  const over = size > limit
  console.log(`${what}: ${size.toFixed(1)} KB, limit ${limit} KB${over ? ' EXCEEDED' : ''}`)
  if (over) process.exitCode = 1
}

function kilobytes(content: Buffer): number {
  return brotliCompressSync(content).length / 1000
}
