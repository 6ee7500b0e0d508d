import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { installPackage } from '#scripts/testing/apt.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/**
 * Features that are off. Chromium hears the last list only, so what Playwright turns off that matters
 * here is said again; the suggestions under the address bar are pages of their own, which cost every
 * page that is opened as much again as itself, and nobody sees them.
 */
const FEATURES_OFF = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
]

/** Flags that turn off what calls home, which only makes errors in a closed network. */
export const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  `--disable-features=${FEATURES_OFF.join()}`,
  '--disable-quic',
  '--disable-sync',
]

/** The Chromium to test with: `CHROMIUM_PATH`, an installed one, or Playwright's own. */
export function findChromium(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...installed, MAC, chromium.executablePath()].find((path) => existsSync(path))
}

/**
 * As `findChromium`, and as root on Debian it installs the package.
 *
 * @throws an error that says how to get one.
 */
export function needChromium(): string {
  if (!findChromium()) installPackage('chromium')
  const found = findChromium()
  if (found) return found
  throw new Error(
    'No Chromium was found: set CHROMIUM_PATH to one, or run "npx playwright install chromium".',
  )
}
