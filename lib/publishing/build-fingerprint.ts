import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Hashes of all that a build is made from, by what it is called in a sentence. */
export type Fingerprint = Record<string, string>

/** Files and folders that a build is made from. No setting is among it: the server reads these at its start. */
const SOURCES: Record<string, string[]> = {
  'the story': ['content'],
  'a file in public/': ['public'],
  'the messages': ['messages'],
  'the code': [
    'app',
    'components',
    'lib',
    'next.config.ts',
    'package.json',
    'postcss.config.mjs',
    'scripts',
    'server.ts',
    'tailwind.config.ts',
    'tsconfig.json',
  ],
  'the packages': ['package-lock.json'],
}
/** Those in the plural. */
const PLURAL = new Set(['the messages', 'the packages'])

/** What each build makes anew, and what tests alone use. */
const LEFT_OUT = new Set([join('messages', 'site'), join('scripts', 'testing')])
/** Files of editors and systems, which no build reads. */
const IGNORED = /^\.|~$/

/** Computes the fingerprint of this folder: by contents, because the files of a copy have other times. */
export function computeFingerprint(root = '.'): Fingerprint {
  const groups = Object.entries(SOURCES).map(([name, paths]) => {
    const files = paths.flatMap((path) => filesIn(root, path))
    const hashes = files.map((path) => `${path} ${hash('sha256', readFileSync(join(root, path)))}`)
    return [name, hash('sha256', hashes.join('\n'))] as const
  })
  const { version, platform, arch } = process
  return { ...Object.fromEntries(groups), Node: `${version} ${platform} ${arch}` }
}

/**
 * Says what has changed since an earlier fingerprint, such as "The story and the code have changed";
 * nothing when all is the same.
 */
export function describeChange(before: Fingerprint, after: Fingerprint): string | undefined {
  const changed = Object.keys(after).filter((name) => before[name] !== after[name])
  if (changed.length === 0) return
  const list = new Intl.ListFormat('en').format(changed)
  const verb = changed.length > 1 || PLURAL.has(list) ? 'have' : 'has'
  return `${list[0]!.toUpperCase()}${list.slice(1)} ${verb} changed`
}

/** Lists the files at a path, in the same order on every system. */
function filesIn(root: string, path: string): string[] {
  const full = join(root, path)
  if (LEFT_OUT.has(path) || !existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .filter((name) => !IGNORED.test(name))
    .sort()
    .flatMap((name) => filesIn(root, join(path, name)))
}
