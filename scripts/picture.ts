import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, needChromium } from '#scripts/testing/chromium.ts'

/** `npm run picture`, while `npm start` runs: takes the README's picture of the page. */
const browser = await chromium.launch({ executablePath: needChromium(), args: CHROMIUM_FLAGS })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
await page.goto(`http://localhost:${process.env.PORT ?? 3000}`, { waitUntil: 'networkidle' })
await page.screenshot({ path: 'docs/page.png' })
await browser.close()
