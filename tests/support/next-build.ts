import { execFile } from 'node:child_process'
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
const COPIED = new Set(['app', 'components', 'lib', 'package.json', 'server.ts'])
/** What a build makes for itself alone. */
const LEFT_OUT = /\.next\/(cache\/(?!pictures)|dev|trace)/

/**
 * A copy of this folder with the build after the one that it has: `npm run build` itself, but for the 20
 * seconds that Next takes.
 */
export async function buildAgain(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-build-'))
  for (const name of await readdir('.'))
    if (COPIED.has(name)) await cp(name, join(folder, name), { recursive: true })
    else if (!OWN.has(name)) await symlink(resolve(name), join(folder, name))
  const islands = join(folder, 'lib/browser/hydrate-islands.ts')
  await writeFile(islands, (await readFile(islands, 'utf8')).replace('as it is', 'as it was'))
  await cp('.next', join(folder, '.next'), {
    recursive: true,
    filter: (path) => !LEFT_OUT.test(path),
  })
  const fakeBin = join(folder, '.next/fake-bin')
  await mkdir(fakeBin)
  const next = join(fakeBin, 'next')
  await writeFile(next, `#!/bin/sh\nexec node ${resolve('tests/support/renaming-next.ts')}\n`)
  await chmod(next, 0o755)
  await promisify(execFile)(process.execPath, [resolve('scripts/build.ts')], {
    cwd: folder,
    env: { ...process.env, PATH: `${fakeBin}:${process.env.PATH}` },
  })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
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
