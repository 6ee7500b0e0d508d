import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Installs a package as root on Debian, with what it needs alone; elsewhere it does nothing. */
export function installPackage(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`Installing ${name} from Debian’s packages`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['-qq', 'update'], { env })
    execFileSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', name], { env })
  } catch {}
}
