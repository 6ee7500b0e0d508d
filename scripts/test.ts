import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { needChromium } from '#scripts/chromium.ts'

/** `npm test`: every check, one after another; the last line sums them up. */
const VITEST = 'test-results/vitest.json'
const PLAYWRIGHT = 'test-results/playwright.json'
const env: NodeJS.ProcessEnv = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT,
}
let passed = 0
let failed = 0

rmSync('test-results', { recursive: true, force: true })
mkdirSync('test-results')
step('Formatting', 'prettier', ['--check', '.'])
step('Lint', 'eslint', ['.'])
step('Build', 'npm', ['run', '--silent', 'build'])
step('Types', 'tsc', ['--noEmit'])
step('Size', 'node', ['scripts/size.ts'])
step(
  'Unit and stores',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`],
  () => {
    const { numPassedTests, numFailedTests } = readJson(VITEST)
    return [numPassedTests, numFailedTests]
  },
)
try {
  env.CHROMIUM_PATH = needChromium()
} catch (error) {
  console.error((error as Error).message)
}
step('Browser and server', 'playwright', ['test', '--reporter=list,json'], () => {
  const { expected, unexpected, flaky } = readJson(PLAYWRIGHT).stats!
  return [expected, unexpected + flaky]
})
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

/** Runs a check; without a report to count from it is one that passed or failed. */
function step(name: string, command: string, args: string[], count?: () => [number, number]): void {
  console.log(`\n── ${name}`)
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  const [well, badly] = tryCount(count) ?? [Number(status === 0), 0]
  passed += well
  // A runner that stops without naming a failed test has failed all the same.
  failed += status === 0 ? badly : Math.max(badly, 1)
}

function tryCount(count?: () => [number, number]): [number, number] | undefined {
  try {
    return count?.()
  } catch {
    return [0, 1]
  }
}

type Report = {
  numPassedTests: number
  numFailedTests: number
  stats?: { expected: number; unexpected: number; flaky: number }
}

function readJson(path: string): Report {
  return JSON.parse(readFileSync(path, 'utf8')) as Report
}
