// Tests scripts/testing/, scripts/test.ts, scripts/picture.ts, scripts/size.ts
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeEach, expect, test } from 'vitest'

const isAllowed = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadside-apt-'))
  const called = join(folder, 'called')
  writeFileSync(join(folder, 'apt-get'), `#!/bin/sh\necho "$@" >> ${called}\n`, { mode: 0o755 })
})

/** Installs a package with a stand-in for `apt-get`; returns what is printed. */
function install(environment: Record<string, string>): string {
  const path = resolve('scripts/testing/apt.ts')
  const code = `import { installPackage } from ${JSON.stringify(path)}; installPackage('nginx')`
  const env = { ...process.env, ...environment, PATH: `${folder}:${process.env.PATH}` }
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], { env }).toString()
}

test('a package is named before it is installed', () => {
  const printed = install({ TEST_INSTALL: '' })
  expect(printed.includes('Installing nginx')).toBe(isAllowed)
  expect(existsSync(join(folder, 'called'))).toBe(isAllowed)
})

test('TEST_INSTALL=no installs nothing', () => {
  expect(install({ TEST_INSTALL: 'no' })).toBe('')
  expect(existsSync(join(folder, 'called'))).toBe(false)
})
