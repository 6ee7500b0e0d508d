import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needProgram } from '#scripts/testing/program.ts'
import { freePort } from '#tests/support/nginx.ts'

/** Starts Caddy with the configuration that `deploy/` has, before these instances; on a port of its own. */
export async function startCaddy(
  origins: [string, string],
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-caddy-'))
  const origin = `http://127.0.0.1:${await freePort()}`
  const path = join(folder, 'Caddyfile')
  // Its own interface would take a port that is the same for all.
  const options = '{\nadmin off\nlog {\nlevel ERROR\n}\n}\n'
  await writeFile(path, options + (await readFile('deploy/Caddyfile', 'utf8')))
  const hosts = origins.map((site) => new URL(site).host).join(' ')
  const server = spawn(needProgram('caddy'), ['run', '--config', path, '--adapter', 'caddyfile'], {
    env: { ...process.env, HOME: folder, SITE: origin, UPSTREAMS: hosts },
    stdio: 'inherit',
  })
  const ended = once(server, 'exit')
  while (!(await fetch(origin).catch(() => undefined)))
    if (server.exitCode !== null) throw new Error(`Caddy ended with ${server.exitCode}`)
  return {
    origin,
    stop: async () => {
      server.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
