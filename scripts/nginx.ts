import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The nginx to test with, an installed one; as root on Debian it installs the package.
 *
 * @throws an error that says how to get one.
 */
export function needNginx(): string {
  const found = findNginx() ?? installNginx()
  if (found) return found
  throw new Error('No nginx was found: install the package "nginx".')
}

function findNginx(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path))
}

function installNginx(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log('Installing nginx from Debian’s packages')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['-qq', 'update'], { env })
    execFileSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'nginx-light'], {
      env,
    })
  } catch {
    return
  }
  return findNginx()
}
