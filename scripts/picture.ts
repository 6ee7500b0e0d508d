import { chromium } from '@playwright/test'
import { localOrigin } from '#lib/settings/local-origin.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { CHROMIUM_FLAGS, needChromium } from '#scripts/testing/chromium.ts'
import { printUncaughtErrors } from '#lib/terminal.ts'

printUncaughtErrors()

/** `npm run picture`, while `npm start` runs: takes the README's picture of the page. */
const { HOST, PORT } = getSettings()
const browser = await chromium.launch({ executablePath: needChromium(), args: CHROMIUM_FLAGS })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
await page.goto(localOrigin(HOST, PORT), { waitUntil: 'networkidle' })
await page.screenshot({ path: 'docs/page.png' })
await browser.close()
