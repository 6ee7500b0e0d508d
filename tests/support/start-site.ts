import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { UNLIMITED } from '#scripts/testing/unlimited.ts'

/** What a browser says of a request from a page of the site. */
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }

/** What moderators sign in with where tests have a desk. */
export const PASSWORD = 'correct horse battery staple'

/** What `npm start` runs, in the folder of a build. */
export const SERVER = '.next/server-bundle/server.mjs'

/** What runs, so that none outlives its file of tests: one that does keeps the whole run from its end. */
const running = new Set<ChildProcess>()

/** A running production server; `origin` such as http://127.0.0.1:40123. */
export type Site = {
  origin: string
  process: ChildProcess
  /** What it has logged. */
  log: string[]
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/**
 * Starts the built server on a free port of the loopback address, with the given store and no limits.
 *
 * @param folder that has the build
 */
export async function startSite(
  databaseUrl: string,
  settings: Record<string, string> = {},
  [command, ...args]: [string, ...string[]] = [process.execPath, resolve(SERVER)],
  folder = '.',
): Promise<Site> {
  const server = spawn(command, args, {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      DRAIN_SECONDS: '0',
      PORT: '0',
      DATABASE_URL: databaseUrl,
      ...UNLIMITED,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(server)
  const closed = once(server, 'exit').finally(() => running.delete(server))
  const log: string[] = []
  const origin = await new Promise<string>((found, reject) => {
    createInterface(server.stdout).on('line', (line) => {
      log.push(line)
      const address = line.match(/ at (http:\/\/[^\s\"]+)/)?.[1]
      if (address) found(address)
    })
    void closed.then(([code]) => reject(new Error(`the server stopped with ${code}`)))
  })
  return {
    origin,
    process: server,
    log,
    stop: async (signal = 'SIGTERM') => {
      server.kill(signal)
      await closed
    },
  }
}

/** Stops what a test that failed has left. */
export async function stopSites(): Promise<void> {
  await Promise.all(
    Array.from(running, (server) => {
      server.kill('SIGTERM')
      return once(server, 'exit')
    }),
  )
}
