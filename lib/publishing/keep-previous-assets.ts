import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { FORMER, readFormer } from '#lib/publishing/previous-assets.ts'

/**
 * Who has a page open, or gets it from a cache, asks for the assets of the build that made it: they stay
 * for a week after another took its place, in milliseconds. `stale-while-revalidate` is a day.
 */
const STAY = 7 * 24 * 60 * 60 * 1_000

/** Keeps the assets of the build that is about to be replaced: Next empties its folder. */
export async function setAside(folder: string, now = Date.now()) {
  const aside = await mkdtemp(join(tmpdir(), 'broadside-assets-'))
  const replaced = readFormer(folder)
  if (existsSync(folder)) await cp(folder, aside, { recursive: true, preserveTimestamps: true })
  return {
    /** Puts beside the new assets those of earlier builds that are not too old. */
    bringBack: async () => {
      const former: Record<string, number> = {}
      for (const file of await readdir(aside, { recursive: true, withFileTypes: true })) {
        const name = join(relative(aside, file.parentPath), file.name)
        const since = replaced[name] ?? now
        const path = join(folder, name)
        if (!file.isFile() || now - since > STAY || existsSync(path)) continue
        await mkdir(dirname(path), { recursive: true })
        await copyFile(join(aside, name), path)
        former[name] = since
      }
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, FORMER), `${JSON.stringify(former)}\n`)
      await rm(aside, { recursive: true })
    },
  }
}
