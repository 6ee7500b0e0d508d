import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Installs a Debian package, without those that it only recommends, and says so first. Does nothing
 * without root or `apt-get`, or when `TEST_INSTALL=no` forbids it.
 */
export function installPackage(name: string): void {
  if (process.env.TEST_INSTALL === 'no') return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`Installing ${name} from Debian’s packages; TEST_INSTALL=no forbids it`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['-qq', 'update'], { env })
    execFileSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', name], { env })
  } catch {}
}
