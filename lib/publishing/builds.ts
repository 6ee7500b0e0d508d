import { existsSync, lstatSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  computeFingerprint,
  describeChange,
  type Fingerprint,
} from '#lib/publishing/build-fingerprint.ts'

/*
 * Each build has a folder of its own in `.next/builds`. The link `.next/current` names the one that is
 * served; it is replaced in one step when another is complete. However a build is interrupted, the one
 * before stays as it was.
 */

/** Where `next build` works (`distDir` in `next.config.ts`); nothing there is served. */
export const NEXT_OUTPUT = '.next/next'
const BUILDS = '.next/builds'
const CURRENT = '.next/current'
/** What a build holds, each with a link in `.next`: commands, services and images name these. */
const CONTENTS = ['documents', 'former-assets.json', 'published', 'server-bundle', 'static']
/** What a build was made from. */
const FINGERPRINT = 'fingerprint.json'
/** The file that says that a build is complete. */
const COMPLETE = 'complete'

/** Says why a build is needed, such as "The story has changed"; nothing where none is. */
export function reasonToBuild(): string | undefined {
  const path = join(CURRENT, FINGERPRINT)
  if (!existsSync(path)) return 'There is no build yet'
  const before = JSON.parse(readFileSync(path, 'utf8')) as Fingerprint
  return describeChange(before, computeFingerprint())
}

/**
 * Makes a folder for a build of the sources as they are now, and removes what was left by builds that
 * were interrupted.
 */
export async function beginBuild(): Promise<string> {
  await mkdir(BUILDS, { recursive: true })
  const complete = (await readdir(BUILDS)).filter((name) =>
    existsSync(join(BUILDS, name, COMPLETE)),
  )
  const former = complete.filter((name) => name !== currentName()).sort()
  await removeOthers([currentName(), former.at(-1)])
  // Their names are in the order of time.
  const folder = join(BUILDS, new Date().toISOString().replaceAll(/[:.]/g, '-'))
  await mkdir(folder)
  writeFileSync(join(folder, FINGERPRINT), JSON.stringify(computeFingerprint()))
  // The server of this build reads it, whatever the publisher saves meanwhile.
  await cp('content', join(folder, 'content'), { recursive: true })
  return folder
}

/** Makes a build the one that is served; the one before stays for servers that still run. */
export async function completeBuild(folder: string): Promise<void> {
  writeFileSync(join(folder, COMPLETE), '')
  const former = currentName()
  const link = `${CURRENT}.new`
  await rm(link, { force: true })
  await symlink(join(basename(BUILDS), basename(folder)), link)
  await rename(link, CURRENT)
  await linkContents()
  await removeOthers([basename(folder), former])
}

/**
 * Puts a link to each part of the current build into `.next`, where older versions had the part itself;
 * writes nothing where the links are.
 */
export async function linkContents(): Promise<void> {
  for (const name of CONTENTS) {
    const path = join('.next', name)
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat?.isSymbolicLink()) continue
    // Not renamed: in an image it may be of another layer.
    await rm(path, { recursive: true, force: true })
    await symlink(join(basename(CURRENT), name), path)
  }
}

function currentName(): string | undefined {
  const stat = lstatSync(CURRENT, { throwIfNoEntry: false })
  return stat && basename(readlinkSync(CURRENT))
}

async function removeOthers(kept: (string | undefined)[]): Promise<void> {
  for (const name of await readdir(BUILDS))
    if (!kept.includes(name)) await rm(join(BUILDS, name), { recursive: true, force: true })
}
