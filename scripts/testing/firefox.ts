import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installPackage } from '#scripts/testing/apt.ts'

const NAMES = ['firefox-esr', 'firefox']
const MAC = '/Applications/Firefox.app/Contents/MacOS/firefox'

/** Finds the Firefox to test with: `FIREFOX_PATH`, or an installed one. */
export function findFirefox(): string | undefined {
  if (process.env.FIREFOX_PATH) return process.env.FIREFOX_PATH
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...installed, MAC].find((path) => existsSync(path))
}

/**
 * Finds a Firefox; as root on Debian it installs the package.
 *
 * @throws an error that says how to get one.
 */
export function needFirefox(): string {
  if (!findFirefox()) installPackage('firefox-esr')
  const found = findFirefox()
  if (found) return found
  throw new Error('No Firefox was found: install it, or set FIREFOX_PATH to one.')
}
