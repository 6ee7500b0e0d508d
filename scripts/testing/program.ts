import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installPackage } from '#scripts/testing/apt.ts'

/**
 * Finds an installed program to test with, such as `nginx`; as root on Debian it installs the package.
 *
 * @param name of the program
 * @param packageName of Debian's smallest package that has it
 * @returns its path
 * @throws an error that says how to get it
 */
export function needProgram(name: string, packageName = name): string {
  if (!findProgram(name)) installPackage(packageName)
  const found = findProgram(name)
  if (found) return found
  throw new Error(`No ${name} was found: install the package "${name}".`)
}

function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}
