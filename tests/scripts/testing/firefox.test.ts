import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** Lists the browser tests that would run with these settings and an empty path. */
function listTests(env: Record<string, string>): string {
  const options = {
    encoding: 'utf8',
    stdio: 'pipe',
    env: { NODE_ENV: 'test', PATH: '', ...env },
  } as const
  const cli = 'node_modules/@playwright/test/cli.js'
  return execFileSync(process.execPath, [cli, 'test', '--list'], options)
}

test('the run in Firefox is there where one is installed, and is not counted elsewhere', () => {
  expect(listTests({ FIREFOX_PATH: '/usr/bin/firefox' })).toContain('firefox.spec.ts')
  const without = listTests({})
  expect(without).toContain('story.spec.ts')
  expect(without).not.toContain('firefox.spec.ts')
})

test('the long run asks for a Firefox', () => {
  expect(() => listTests({ LONG: '1', TEST_INSTALL: 'no' })).toThrow('No Firefox was found')
})
