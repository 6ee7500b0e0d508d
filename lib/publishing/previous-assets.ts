import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Stands beside the assets, and tells since when each file of earlier builds is not of the last one. */
export const FORMER = '../former-assets.json'

/** The files of earlier builds that still are there, with the time in milliseconds at which they were replaced. */
export function readFormer(folder: string): Record<string, number> {
  const list = join(folder, FORMER)
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Record<string, number>) : {}
}
