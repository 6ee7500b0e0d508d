import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { needChromium } from '#scripts/testing/chromium.ts'
import { needProgram } from '#scripts/testing/program.ts'
import { print, printError, printUncaughtErrors } from '#lib/terminal.ts'

printUncaughtErrors()

/** `npm test`: every check; the last line sums them up. */
const VITEST = 'test-results/vitest.json'
const PLAYWRIGHT = 'test-results/playwright.json'
const env: NodeJS.ProcessEnv = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT,
  // Hundreds of servers and commands are started; each is compiled once.
  NODE_COMPILE_CACHE: resolve('node_modules/.cache/compile'),
}
/** Milliseconds after which tests have failed that do not end: several times what they need. */
const STEP_TIMEOUT = 30 * 60_000
let passed = 0
let failed = 0

rmSync('test-results', { recursive: true, force: true })
mkdirSync('test-results')
await Promise.all([
  inTurn(['Formatting', 'prettier', ['--check', '.']], ['Lint', 'eslint', ['.']]),
  inTurn(
    ['Build', 'npm', ['run', '--silent', 'build']],
    ['Types', 'tsc', ['--noEmit']],
    ['Size', 'node', ['scripts/size.ts']],
  ),
])
try {
  needProgram('nginx', 'nginx-light')
  needProgram('caddy')
} catch (error) {
  printError((error as Error).message)
}
await step(
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
  printError((error as Error).message)
}
await step('Browser and server', 'playwright', ['test', '--reporter=list,json'], () => {
  const { expected, unexpected, flaky } = readJson(PLAYWRIGHT).stats!
  return [expected, unexpected + flaky]
})
print(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

/** Runs checks one after another, beside others: each prints what it has to say when it is over. */
async function inTurn(...checks: [name: string, command: string, args: string[]][]): Promise<void> {
  for (const [name, command, args] of checks) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
    const exit = once(child, 'exit')
    const printed = await Promise.all([text(child.stdout), text(child.stderr)])
    print(`\n── ${name}\n${printed.join('')}`)
    const [status] = await exit
    if (status === 0) passed++
    else failed++
  }
}

/** Runs tests that write a report to count from. */
async function step(
  name: string,
  command: string,
  args: string[],
  count: () => [number, number],
): Promise<void> {
  print(`\n── ${name}`)
  const [status] = await once(
    spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env,
      timeout: STEP_TIMEOUT,
      killSignal: 'SIGKILL',
    }),
    'exit',
  )
  const [well, badly] = tryCount(count)
  passed += well
  // A runner that stops without naming a failed test has failed all the same.
  failed += status === 0 ? badly : Math.max(badly, 1)
}

function tryCount(count: () => [number, number]): [number, number] {
  try {
    return count()
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
