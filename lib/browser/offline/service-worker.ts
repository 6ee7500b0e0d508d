import { PrecacheController, type PrecacheEntry } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { NetworkFirst } from 'workbox-strategies'
import { markCachedPage } from '#lib/browser/offline/cached-page.ts'
import { sendQueue } from '#lib/browser/offline/offline-queue.ts'

/** What the build has made that the story and the offline page need, and nothing else. */
declare const FILES: PrecacheEntry[]
declare const self: typeof globalThis & { importScripts(path: string): void }

type WorkerEvent = Event & { waitUntil(done: Promise<unknown>): void; tag?: string }

/** A network that takes longer, in seconds, shows the kept story. */
const PATIENCE = 4
const OFFLINE = '/offline'

/** The story as the server last gave it; the kept copy says of itself that it is one, and how old. */
const story = new NetworkFirst({
  cacheName: 'story',
  networkTimeoutSeconds: PATIENCE,
  plugins: [
    {
      cacheKeyWillBeUsed: async () => '/',
      // A worker's request may be answered stale by the browser's own cache, for as long as a CDN may.
      requestWillFetch: async ({ request }) => new Request(request, { cache: 'no-cache' }),
      fetchDidSucceed: async ({ response }) => {
        if (response.status >= 500) throw new Error('The server has no story just now.')
        return response
      },
      // Nor is one kept that was made for a reader who has just voted.
      cacheWillUpdate: async ({ response }) =>
        response.ok && response.headers.get('cache-control') !== 'no-store' ? response : null,
      cachedResponseWillBeUsed: async ({ cachedResponse }) =>
        cachedResponse && marked(cachedResponse),
    },
  ],
})
const files = new PrecacheController()
files.addToCacheList(FILES)

// A worker of a new edition waits until the pages of the old one are closed: till then their scripts stay.
on('install', async (event) => {
  await files.install(event)
  // Last: there is no kept story without its scripts.
  const [, kept] = story.handleAll({ event: event as never, request: new Request('/') })
  await kept
})
on('activate', (event) => files.activate(event))
on('sync', () => sendQueue())
// Here no other worker can be started: its function is called.
self.importScripts('/proof-worker.js')

const isPage = (request: Request) => request.mode === 'navigate'
const ofReaders = (path: string) => !/^\/(api\/)?moderation|\.atom$/.test(path)

registerRoute(
  ({ request, url }) => isPage(request) && url.pathname === '/',
  async (options) => story.handle(options).catch(offlinePage),
)
registerRoute(
  ({ request, url: { pathname } }) =>
    isPage(request) && ofReaders(pathname) && !pathname.startsWith('/api/'),
  ({ request }) => fetch(request).catch(offlinePage),
)
// A plain form cannot wait: the page says that nothing was sent, and what was typed is one step back.
registerRoute(
  ({ request, url }) => isPage(request) && ofReaders(url.pathname),
  ({ request }) => fetch(request).catch(offlinePage),
  'POST',
)
registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && (url.pathname.startsWith('/_next/static/') || isKept(url.pathname)),
  async ({ request, url }) =>
    // A worker that waits has kept its own already, and a new story needs them.
    (await files.matchPrecache(url.pathname)) ?? (await caches.match(request)) ?? fetch(request),
)

function on(name: string, act: (event: WorkerEvent) => Promise<unknown>): void {
  addEventListener(name, (event) => (event as WorkerEvent).waitUntil(act(event as WorkerEvent)))
}

function isKept(path: string): boolean {
  return path !== OFFLINE && files.getCacheKeyForURL(path) !== undefined
}

async function offlinePage(): Promise<Response> {
  const page = await files.matchPrecache(OFFLINE)
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error()
}

/** The kept copy, with its own time where the server gave one. */
async function marked(response: Response): Promise<Response> {
  const { headers, status } = response
  const at = Date.parse(headers.get('date') ?? '') || Date.now()
  return new Response(markCachedPage(await response.text(), at), { headers, status })
}
