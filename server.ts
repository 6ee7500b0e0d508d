import cluster from 'node:cluster'
import { existsSync } from 'node:fs'
import { createServer, type RequestListener, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { routes } from '#app/routes.ts'
import { renderSlot } from '#components/render-slot.tsx'
import { logRequests } from '#lib/logging/access-log.ts'
import { makeListener, refuseConnection } from '#lib/server/request-listener.ts'
import { live as listeners } from '#lib/live/live-updates.ts'
import { log, logRecurring } from '#lib/logging/log.ts'
import { startMetrics } from '#lib/server/metrics.ts'
import { limitConnections } from '#lib/server/limit-connections.ts'
import { countOpenFiles, openFileLimit } from '#lib/server/open-files.ts'
import { prepareStore } from '#lib/server/prepare-store.ts'
import { announceStop } from '#lib/server/readiness.ts'
import { findMisspelledSettings, requireValidSettings } from '#lib/doctor/check-settings.ts'
import { localOrigin } from '#lib/settings/local-origin.ts'
import { getSettings, type Settings } from '#lib/settings/settings.ts'
import { trustsEveryone } from '#lib/settings/trusted-proxies.ts'
import { readContentOfBuild } from '#lib/story/content.ts'
import { closeStore, getStore } from '#lib/store/index.ts'
import { runWebhook } from '#lib/server/webhook.ts'
import { stopServer } from '#lib/server/stop-server.ts'
import { runWorkers, STOP_SIGNALS } from '#lib/server/cluster.ts'
import { printError } from '#lib/terminal.ts'

/** The folder of this build: another may become the current one while it runs. */
const BUILD = join(import.meta.dirname, '..')

/** Milliseconds that a client has to send the headers and the whole request, and what Node leaves to us. */
const SERVER_OPTIONS: ServerOptions = {
  connectionsCheckingInterval: 1_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 10_000,
  requestTimeout: 30_000,
  // Node's own refusal would carry no policy: `makeListener` has one.
  requireHostHeader: false,
  // Nobody is offered another protocol: such a request is answered as if it had not asked.
  shouldUpgradeCallback: () => false,
}
/** Files that are opened now and then: assets, copies, and connections that are about to be refused. */
const SPARE_FILES = 48
/** Milliseconds that the webhook has to note what it leaves undone, and the store to close. */
const CLOSE_TIMEOUT = 1_000

try {
  if (existsSync('.env')) process.loadEnvFile()
  // The build writes it after all other documents.
  if (!existsSync('.next/documents/sw.policy'))
    throw new Error('the build is incomplete; run "npm run build"')
  requireValidSettings()
  readContentOfBuild(BUILD)
  if (cluster.isPrimary)
    for (const slip of findMisspelledSettings(Object.keys(process.env))) log.warn(slip)
  const settings = getSettings()
  if (settings.WEB_CONCURRENCY > 1 && cluster.isPrimary)
    runWorkers(import.meta.filename, settings.WEB_CONCURRENCY, settings.DRAIN_SECONDS * 1_000)
  else await serve(settings)
} catch (error) {
  printError(`Broadside cannot start: ${(error as Error).message}`)
  process.exit(1)
}

/** Answers on the settings' port until a signal stops it. */
async function serve(settings: Settings): Promise<void> {
  const { PORT, HOST, LOG_REQUESTS, METRICS_SECRET, SITE_URL, DRAIN_SECONDS, webhook } = settings
  if (trustsEveryone(settings.trustsProxy))
    log.warn(
      'TRUSTED_PROXIES trusts every address, so anyone can fake theirs; list only your proxies',
    )
  if (LOG_REQUESTS !== 'off') logRequests(LOG_REQUESTS)
  if (METRICS_SECRET) startMetrics()
  await prepareStore()
  const answer = makeListener(BUILD, routes, renderSlot)

  const listen: RequestListener = (request, response) => {
    if (stopping) response.shouldKeepAlive = false
    answer(request, response)
  }
  const server = createServer(SERVER_OPTIONS)
  const room = openFileLimit() - countOpenFiles() - settings.DATABASE_CONNECTIONS - SPARE_FILES
  const listenWithin = limitConnections(server, Math.max(1, room), listen)
  server.on('request', listenWithin)
  // An expectation that is not met may be ignored; Node's own answer would carry no policy.
  server.on('checkExpectation', listenWithin)
  server.on('clientError', refuseConnection)
  server.on('error', (error: NodeJS.ErrnoException) => {
    // Such as a connection that could not be accepted.
    if (server.listening) return logRecurring(error)
    const reason = error.code === 'EADDRINUSE' ? 'another program is using it' : error.message
    printError(`Broadside cannot listen on port ${PORT}: ${reason}; set PORT or HOST`)
    process.exit(1)
  })
  server.listen(PORT, HOST, () => {
    const address = server.address() as AddressInfo
    log.info(`Broadside is running at ${localOrigin(HOST, address.port)}`)
  })

  const stopWebhook = webhook && runWebhook(webhook, `${SITE_URL ?? ''}/moderation`, getStore)
  let isStopAsked = false
  let stopping = false
  const stop = async () => {
    // A terminal that is closed tells each worker, and so does the primary process.
    if (isStopAsked) return
    isStopAsked = true
    announceStop()
    // So long a balancer that asks for health has to send readers elsewhere.
    if (DRAIN_SECONDS > 0) await sleep(DRAIN_SECONDS * 1_000)
    stopping = true
    listeners.end()
    const stopped = stopWebhook?.()
    await stopServer(server)
    // A database that hangs does not say goodbye.
    await Promise.race([Promise.resolve(stopped).then(closeStore), sleep(CLOSE_TIMEOUT)])
    process.exit(0)
  }
  for (const signal of STOP_SIGNALS) process.on(signal, () => void stop())
}
