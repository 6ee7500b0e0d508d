import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { PREVIOUS_ASSETS, readPreviousAssets } from '#lib/publishing/previous-assets.ts'

/**
 * Milliseconds for which assets stay after another build has replaced theirs: pages that are open, or
 * come from a cache (for which `stale-while-revalidate` allows a day), still load them.
 */
const RETENTION = 7 * 24 * 60 * 60 * 1_000

/**
 * Copies the assets of the last build away, because `next build` empties their folder.
 *
 * @param folder of the assets, such as `.next/static`
 * @param now UTC milliseconds
 */
export async function keepPreviousAssets(folder: string, now = Date.now()) {
  const aside = await mkdtemp(join(tmpdir(), 'broadside-assets-'))
  const replaced = readPreviousAssets(folder)
  if (existsSync(folder)) await cp(folder, aside, { recursive: true, preserveTimestamps: true })
  return {
    /** Puts assets of earlier builds beside the new ones, for `RETENTION`, and lists them. */
    restore: async () => {
      const previous: Record<string, number> = {}
      for (const file of await readdir(aside, { recursive: true, withFileTypes: true })) {
        const name = join(relative(aside, file.parentPath), file.name)
        const since = replaced[name] ?? now
        const path = join(folder, name)
        if (!file.isFile() || now - since > RETENTION || existsSync(path)) continue
        await mkdir(dirname(path), { recursive: true })
        await copyFile(join(aside, name), path)
        previous[name] = since
      }
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, PREVIOUS_ASSETS), `${JSON.stringify(previous)}\n`)
      await rm(aside, { recursive: true })
    },
  }
}
