import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { UNLIMITED } from '#scripts/testing/unlimited.ts'

/** A server on the loopback address, stopped by its process. */
export type Running = { origin: string; process: ChildProcess; stop: () => Promise<void> }

const folders: string[] = []
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is removed when the benchmark ends. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadside-bench-'))
  folders.push(folder)
  return folder
}

/**
 * Broadside's own server on a new SQLite file, one process.
 *
 * @param between attempts to reach it, in milliseconds
 * @param settings in place of no limits
 */
export function startBroadside(
  databaseUrl = `file:${makeFolder()}/bench.db`,
  between?: number,
  settings: Record<string, string> = {},
): Promise<Running> {
  return start(
    process.execPath,
    ['--max-semi-space-size=8', '.next/server-bundle/server.mjs'],
    { DATABASE_URL: databaseUrl, ...UNLIMITED, ...settings },
    '/api/health',
    between,
  )
}

/** `next start` on the same build. */
export function startNext(): Promise<Running> {
  return start('next', ['start', '-H', '127.0.0.1'], {}, '/')
}

/**
 * nginx with two workers and this file for every address, with these headers: with the settings of
 * Debian's package, or tuned (no log, the file kept open, connections never ended).
 */
export async function startNginx(
  file: string,
  headers: [string, string][],
  tuned = false,
): Promise<Running> {
  const folder = makeFolder()
  const port = await freePort()
  writeFileSync(
    join(folder, 'nginx.conf'),
    `worker_processes 2; daemon off; pid ${folder}/pid; error_log ${folder}/error;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 768; }
http {
  sendfile on; tcp_nopush on; gzip on; types_hash_max_size 2048; types { text/html br; }
  ${tuned ? 'access_log off; open_file_cache max=10; keepalive_requests 1000000;' : `access_log ${folder}/access;`}
  server { listen 127.0.0.1:${port}; location / {
    root /; ${headers.map(([name, value]) => `add_header ${name} '${value.replaceAll("'", "\\'")}';`).join(' ')} try_files ${resolve(file)} =404;
  } }
}`,
  )
  return launch('nginx', ['-c', join(folder, 'nginx.conf')], {}, port, '/')
}

/** Runs a script of this folder as a server of its own. */
export function startScript(script: string, env: Record<string, string>): Promise<Running> {
  return start(process.execPath, [script], env, '/')
}

/** Requests a second, and the 99th percentile in milliseconds, over 50 connections. */
export function wrk(
  origin: string,
  {
    seconds = 6,
    script,
    headers = [],
  }: { seconds?: number; script?: string | undefined; headers?: string[] },
): { rate: number; p99: number; answered: number; failed: number } {
  const lua = script && join(makeFolder(), 'wrk.lua')
  if (lua) writeFileSync(lua, script)
  const { stdout, error } = spawnSync(
    'wrk',
    [
      '-t1',
      '-c50',
      `-d${seconds}s`,
      '--latency',
      ...(lua ? ['-s', lua] : []),
      ...headers.flatMap((h) => ['-H', h]),
      origin,
    ],
    { encoding: 'utf8' },
  )
  if (error) throw new Error('wrk was not found: install the package "wrk"')
  const [, latency, unit] = stdout.match(/99%\s+([\d.]+)(us|ms|s)/)!
  return {
    rate: Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)![1]),
    p99: Number(latency) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'],
    answered: Number(stdout.match(/(\d+) requests in/)![1]),
    failed: Number(stdout.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0),
  }
}

async function start(
  command: string,
  args: string[],
  env: Record<string, string>,
  path: string,
  between?: number,
): Promise<Running> {
  return launch(command, args, env, await freePort(), path, between)
}

async function launch(
  command: string,
  args: string[],
  env: Record<string, string>,
  port: number,
  path: string,
  between = 100,
): Promise<Running> {
  const server = spawn(command, args, {
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...env },
    // nginx as Debian sets it up logs to a file, too.
    stdio: ['ignore', openSync(join(makeFolder(), 'log'), 'w'), 'inherit'],
  })
  const closed = once(server, 'exit')
  process.once('exit', () => server.kill())
  const origin = `http://127.0.0.1:${port}`
  for (let attempt = 0; ; attempt++) {
    const ready = await fetch(origin + path).catch(() => undefined)
    await ready?.arrayBuffer()
    if (ready?.ok) break
    if (attempt * between > 15_000 || server.exitCode !== null)
      throw new Error(`${command} did not start`)
    await new Promise((wait) => setTimeout(wait, between))
  }
  const stop = async () => {
    server.kill('SIGTERM')
    await closed
  }
  return { origin, process: server, stop }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
