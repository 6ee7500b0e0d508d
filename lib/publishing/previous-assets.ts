import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The list of assets of earlier builds, from their folder; its name stays, as images of builds hold it. */
export const PREVIOUS_ASSETS = '../former-assets.json'

/** Reads the assets of earlier builds: file name → UTC milliseconds at which a build without it came. */
export function readPreviousAssets(folder: string): Record<string, number> {
  const list = join(folder, PREVIOUS_ASSETS)
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Record<string, number>) : {}
}
