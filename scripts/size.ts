import { readdir, readFile, stat } from 'node:fs/promises'
import { RESTORE_LOOK } from '#lib/restore-look.ts'

/** `npm run size`: what a reader's browser is sent, in bytes of brotli, against its limits. */
const story = await readFile('.next/documents/index.html', 'utf8')
const [, sources, loader] = story.match(/<script data-src="([^"]+)"[^>]*>(.*?)<\/script>/s)!
const scripts = await Promise.all(
  sources!.split(' ').map(async (source) => {
    const path = source.replace('/_next/', '.next/')
    const text = await readFile(path, 'utf8')
    return {
      size: await compressed(path),
      ours: source.includes('boot') || text.includes('/api/votes'),
    }
  }),
)
const sum = (list: typeof scripts) => list.reduce((bytes, { size }) => bytes + size, 0)
const ours = scripts.filter((script) => script.ours)
if (ours.length < 2) throw new Error('our own scripts were not found among those of the page')

check('the story with all its style', await compressed('.next/documents/index.html'), 10_000)
check('the inline scripts, not compressed', Buffer.byteLength(RESTORE_LOOK + loader!), 1_024)
check('our scripts, after intent', sum(ours), 15_000)
check('all scripts, after intent', sum(scripts), 125_000)
check('what can wait, at idle time', await laterSize(), 8_192)
check('the service worker', await compressed('.next/documents/sw.js'), 10_240)
check('the comforts, when asked for', await lazily('listen-speed', 'look-', 'key-list'), 9_000)

/** The scripts with these words in them that do not come by themselves, for the page where they are largest. */
async function lazily(...marks: string[]): Promise<number> {
  const folder = '.next/static/chunks'
  const found = marks.map(() => 0)
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.js') || sources!.includes(file)) continue
    const text = await readFile(`${folder}/${file}`, 'utf8')
    for (const [index, mark] of marks.entries())
      if (new RegExp(`["'\`]${mark}`).test(text))
        found[index] = Math.max(found[index]!, await compressed(`${folder}/${file}`))
  }
  if (found.includes(0)) throw new Error('a script of the comforts was not found')
  return found.reduce((bytes, size) => bytes + size)
}

function check(what: string, bytes: number, limit: number): void {
  console.log(`${what}: ${bytes} bytes, limit ${limit}${bytes > limit ? ' EXCEEDED' : ''}`)
  if (bytes > limit) process.exitCode = 1
}

/** The script that registers the service worker, with the outbox and what has changed. */
async function laterSize(): Promise<number> {
  const folder = '.next/static/chunks'
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.js')) continue
    const text = await readFile(`${folder}/${file}`, 'utf8')
    if (text.includes('/sw.js')) return compressed(`${folder}/${file}`)
  }
  throw new Error('the script that registers the service worker was not found')
}

async function compressed(path: string): Promise<number> {
  return (await stat(`${path}.br`)).size
}
