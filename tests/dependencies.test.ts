import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Package = {
  dev?: boolean
  hasInstallScript?: boolean
  inBundle?: boolean
  integrity?: string
  os?: string
  version: string
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Package>
}
const installed = Object.entries(packages).filter(([path]) => path !== '')

test('every package, Node among them, is checked against the lockfile when it is installed', () => {
  // Packages in the archive of another are checked with it.
  const unchecked = installed.filter(([, { integrity, inBundle }]) => !integrity && !inBundle)
  expect(unchecked).toEqual([])
  const [, runtime] = installed.find(isRuntime)!
  expect(process.version).toBe(`v${runtime.version}`)
})

test('no package that the site runs with has a script at its installation', () => {
  const scripted = installed.filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev)
  expect(scripted).toEqual([])
})

/** Tells whether a package is Node for the system that runs this. */
function isRuntime([path, { os }]: [string, Package]): boolean {
  return /^node_modules\/node-(bin-)?(linux|darwin|win)-/.test(path) && os === process.platform
}
