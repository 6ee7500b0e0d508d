import { defineConfig, devices } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '#scripts/testing/chromium.ts'
import { findFirefox, needFirefox } from '#scripts/testing/firefox.ts'

const chromium = findChromium()
// The long run installs what it needs.
const firefox = process.env.LONG ? needFirefox() : findFirefox()

export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.spec.ts',
  testIgnore: firefox ? [] : '**/firefox.spec.ts',
  outputDir: 'test-results',
  // The same on every system: none has pixels in it.
  snapshotPathTemplate: '{testDir}/browser/looks/{arg}{ext}',
  forbidOnly: true,
  fullyParallel: true,
  retries: 0,
  // One more than the cores have: each waits for a server to start.
  workers: 3,
  // Limits on waiting, not on what is right: a machine may be slow, or busy with something else.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    browserName: 'chromium',
    // It would answer in place of what a test lets the network do.
    serviceWorkers: 'block',
    // The name of a headless browser would be taken for a bot's, whose views are not counted.
    userAgent: devices['Desktop Chrome'].userAgent,
    launchOptions: { ...(chromium && { executablePath: chromium }), args: CHROMIUM_FLAGS },
  },
})
