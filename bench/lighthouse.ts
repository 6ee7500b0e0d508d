import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, startBroadside } from '#bench/servers.ts'
import { CHROMIUM_FLAGS, needChromium } from '#scripts/testing/chromium.ts'

/** Lighthouse's scores for the story, on its phone. Needs a build; npx fetches Lighthouse. */
const report = join(makeFolder(), 'report.json')
const site = await startBroadside()
spawnSync(
  'npx',
  [
    '--yes',
    'lighthouse@13',
    site.origin,
    '--quiet',
    '--output=json',
    `--output-path=${report}`,
    `--chrome-flags=${['--headless', ...CHROMIUM_FLAGS].join(' ')}`,
  ],
  { env: { ...process.env, CHROME_PATH: needChromium() }, stdio: 'inherit' },
)
await site.stop()
type Report = { categories: Record<string, { title: string; score: number }> }
const { categories } = JSON.parse(readFileSync(report, 'utf8')) as Report
for (const { title, score } of Object.values(categories))
  console.log(`${title}: ${Math.round(100 * score)} (bar 100)`)
