import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { needProgram } from '#scripts/testing/program.ts'

/** nginx with the configuration that `deploy/` has, before these instances; on a port of its own. */
export async function startNginx(
  origins: [string, string],
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-nginx-'))
  const port = await freePort()
  const [first, second] = origins.map((origin) => new URL(origin).host)
  const site = (await readFile('deploy/nginx.conf', 'utf8'))
    .replace('127.0.0.1:3001', first!)
    .replace('127.0.0.1:3002', second!)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('/var/cache/broadside', join(folder, 'cache'))
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const temporary = own.map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ')
  const path = join(folder, 'nginx.conf')
  await writeFile(
    path,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {} http { access_log off; ${temporary} ${site} }`,
  )
  const server = spawn(
    needProgram('nginx', 'nginx-light'),
    ['-e', join(folder, 'error'), '-c', path],
    { stdio: 'inherit' },
  )
  const ended = once(server, 'exit')
  const origin = `http://127.0.0.1:${port}`
  while (!(await fetch(origin).catch(() => undefined)))
    if (server.exitCode !== null) throw new Error(await readFile(join(folder, 'error'), 'utf8'))
  return {
    origin,
    stop: async () => {
      server.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Finds a port of the loopback address that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => found(port))
    })
  })
}
