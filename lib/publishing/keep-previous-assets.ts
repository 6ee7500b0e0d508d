import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { PREVIOUS_ASSETS, readPreviousAssets } from '#lib/publishing/previous-assets.ts'

/**
 * Milliseconds for which assets stay after another build has replaced theirs: pages that are open, or
 * come from a cache (for which `stale-while-revalidate` allows a day), still load them.
 */
const RETENTION = 7 * 24 * 60 * 60 * 1_000

/**
 * Copies the assets of earlier builds, for `RETENTION`, beside those of a new one, and lists them there.
 *
 * @param last folder of the last build's assets, such as `.next/static`
 * @param folder of the new build's assets
 * @param now UTC milliseconds
 */
export async function keepPreviousAssets(
  last: string,
  folder: string,
  now = Date.now(),
): Promise<void> {
  const replaced = readPreviousAssets(last)
  const previous: Record<string, number> = {}
  const files = existsSync(last)
    ? await readdir(last, { recursive: true, withFileTypes: true })
    : []
  for (const file of files) {
    const name = join(relative(last, file.parentPath), file.name)
    const since = replaced[name] ?? now
    const path = join(folder, name)
    if (!file.isFile() || now - since > RETENTION || existsSync(path)) continue
    await mkdir(dirname(path), { recursive: true })
    await copyFile(join(last, name), path, constants.COPYFILE_FICLONE)
    previous[name] = since
  }
  await writeFile(join(folder, PREVIOUS_ASSETS), `${JSON.stringify(previous)}\n`)
}
