import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installPackage } from '#scripts/testing/apt.ts'

/**
 * The nginx to test with, an installed one; as root on Debian it installs the package.
 *
 * @throws an error that says how to get one.
 */
export function needNginx(): string {
  if (!findNginx()) installPackage('nginx-light')
  const found = findNginx()
  if (found) return found
  throw new Error('No nginx was found: install the package "nginx".')
}

function findNginx(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path))
}
