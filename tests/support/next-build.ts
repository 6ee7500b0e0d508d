import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** What a build reads and makes, besides the sources. */
const OWN = new Set(['.next', '.git', '.env', 'data', 'test-results'])
/** What another build has of its own, so that its scripts are others. */
const COPIED = new Set(['app', 'components', 'content', 'lib', 'package.json', 'server.ts'])
/** What a build makes for itself alone. */
const LEFT_OUT = /\.next\/(cache\/(?!pictures)|dev|next\/(cache|dev|trace))/

/** A copy of this folder, in which `npm run build` takes no 20 seconds: another `next` stands in. */
export type Copy = {
  folder: string
  /** Runs `scripts/build.ts` in a process group of its own. */
  build: (args?: string[], env?: Record<string, string>) => ChildProcess
  remove: () => Promise<void>
}

/** Copies this folder with the build that it has. */
export async function copyProject(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-build-'))
  for (const name of await readdir('.'))
    if (COPIED.has(name)) await cp(name, join(folder, name), { recursive: true })
    else if (!OWN.has(name)) await symlink(resolve(name), join(folder, name))
  await cp('.next', join(folder, '.next'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !LEFT_OUT.test(path),
  })
  const fakeBin = join(folder, '.next/fake-bin')
  await mkdir(fakeBin)
  const next = join(fakeBin, 'next')
  await writeFile(next, `#!/bin/sh\nexec node ${resolve('tests/support/renaming-next.ts')}\n`)
  await chmod(next, 0o755)
  return {
    folder,
    build: (args = [], env = {}) =>
      spawn(process.execPath, [resolve('scripts/build.ts'), ...args], {
        cwd: folder,
        detached: true,
        env: { ...process.env, PATH: `${fakeBin}:${process.env.PATH}`, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Changes the code of a copy, so that its next build has other scripts. */
export async function changeScripts(folder: string, word = 'was'): Promise<void> {
  const islands = join(folder, 'lib/browser/hydrate-islands.ts')
  const text = await readFile(islands, 'utf8')
  await writeFile(islands, text.replace(/(?<=" stays as it )\w+/, word))
}

/** A copy of this folder with the build after the one that it has. */
export async function buildAgain(): Promise<Copy> {
  const copy = await copyProject()
  await changeScripts(copy.folder)
  const build = copy.build()
  build.stdout!.resume()
  const [status] = await once(build, 'exit')
  if (status !== 0) throw new Error(`the build ended with ${status}`)
  return copy
}

/** What a build is made from. */
const SOURCES =
  'app components content lib messages public scripts next.config.ts package.json postcss.config.mjs server.ts tailwind.config.ts tsconfig.json'.split(
    ' ',
  )

/** A build of the site with its story said to be in another language; it takes a minute of a core. */
export async function buildIn(
  language: string,
): Promise<{ folder: string; remove: () => Promise<void> }> {
  // Within this folder, out of which Next follows no link to its packages.
  await mkdir('test-results', { recursive: true })
  const folder = resolve(await mkdtemp(join('test-results', `${language}-`)))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    for (const name of SOURCES) await cp(name, join(folder, name), { recursive: true })
    await symlink(resolve('node_modules'), join(folder, 'node_modules'))
    const story = join(folder, 'content/article.md')
    const text = await readFile(story, 'utf8')
    // It may say none as yet.
    const other = text.replace(/^language: .*\n/m, '')
    await writeFile(story, other.replace(/^---\n/, `---\nlanguage: ${language}\n`))
    await promisify(execFile)('npm', ['run', 'build'], { cwd: folder })
  } catch (error) {
    await remove()
    throw error
  }
  return { folder, remove }
}
