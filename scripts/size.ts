import { readdir, readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readPreviousAssets } from '#lib/publishing/previous-assets.ts'
import { RESTORE_APPEARANCE } from '#lib/browser/reading/restore-appearance.ts'
import { encode, GOOD } from '#lib/server/content-coding.ts'
import { SERVER_BUNDLE } from '#lib/publishing/build-server.ts'
import { fillStory } from '#lib/server/serve-story.ts'
import type { RenderSlot } from '#lib/slots.ts'
import { loadShell } from '#lib/server/shells.ts'
import { print, printUncaughtErrors } from '#lib/terminal.ts'

printUncaughtErrors()

/** `npm run size`: what a reader's browser is sent, in bytes of brotli, against its limits. */
const story = await readFile('.next/documents/index.html', 'utf8')
const [, sources, loader] = story.match(/<script data-src="([^"<]+)"[^<>]*>(.*?)(?:<\/script>|$)/s)!
const isScript = (source: string) => source.endsWith('.js')
const first = sources!.split(' ').filter(isScript)
const [style] = sources!.split(' ').filter((source) => !isScript(source))
const folder = '.next/static/islands'
const previous = readPreviousAssets('.next/static')
const scripts = (await readdir(folder)).filter(
  (file) => file.endsWith('.js') && !(`islands/${file}` in previous),
)

check('the story with its style, votes and views', await storySize(), 10_000)
check('the inline scripts, not compressed', Buffer.byteLength(RESTORE_APPEARANCE + loader!), 1_024)
check('the script before the first vote', await sum(first.map(pathOf)), 16_000)
check('the comments, when the reader comes near', await sum(named('comment-list')), 8_000)
check('what can wait, at idle time', await sum(named('deferred-content', 'offline-queue')), 6_000)
check(
  'the reading tools, when asked for',
  await sum(named('reading-tools-panel', 'appearance-panel', 'shortcut-list', 'keyboard')),
  9_000,
)
check('the service worker', await compressed('.next/documents/sw.js'), 10_240)
// Apart from the sum: they come to those who write, after the first press of a key or a finger there.
check('the tools of a form, when written in', await sum(named('formatting-tools')), 1_024)
const proofs = [...named('validation', 'proof-of-work'), 'public/proof-worker.js']
const all = [
  ...first.map(pathOf),
  ...named('comment-list', 'deferred-content', 'offline-queue', 'reading-tools-panel'),
  ...proofs,
  '.next/documents/sw.js',
]
check('all scripts of a reader who reads to the end, votes and comments', await sum(all), 40_000)
check('the whole style, after intent', await sum([pathOf(style!)]), 9_500)

/** The story as the server makes it when it has many votes and views. */
async function storySize(): Promise<number> {
  const { renderSlot } = (await import(resolve('.next', SERVER_BUNDLE, 'slots.mjs'))) as {
    renderSlot: RenderSlot
  }
  const votes = { up: 123_456, down: 65_432 }
  const shell = loadShell('.next', 'index')
  const html = fillStory(shell, renderSlot, { votes, views: 1_234_567, closed: false })
  return (await encode(Buffer.from(html), 'br', GOOD)).length
}

/** The scripts of these chunks, which have to be there. */
function named(...names: string[]): string[] {
  return names.map((name) => {
    const file = scripts.find((file) => new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(file))
    if (!file) throw new Error(`the script "${name}" was not found`)
    return `${folder}/${file}`
  })
}

function pathOf(address: string): string {
  return address.replace('/_next/', '.next/')
}

async function sum(paths: string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(compressed))
  return sizes.reduce((bytes, size) => bytes + size)
}

function check(what: string, bytes: number, limit: number): void {
  print(`${what}: ${bytes} bytes, limit ${limit}${bytes > limit ? ' EXCEEDED' : ''}`)
  if (bytes > limit) process.exitCode = 1
}

async function compressed(path: string): Promise<number> {
  if (path.startsWith('public/')) return (await encode(await readFile(path), 'br')).length
  return (await stat(`${path}.br`)).size
}
