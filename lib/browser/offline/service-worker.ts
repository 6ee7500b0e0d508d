import { PrecacheController, type PrecacheEntry } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { NetworkFirst } from 'workbox-strategies'
import { markCachedPage } from '#lib/browser/offline/cached-page.ts'
import { sendQueue } from '#lib/browser/offline/offline-queue.ts'

/**
 * Files to precache, inserted by `lib/publishing/build-service-worker.ts`: what the story and the offline
 * page need.
 */
declare const FILES: PrecacheEntry[]
declare const self: typeof globalThis & { importScripts(path: string): void }

type WorkerEvent = Event & { waitUntil(done: Promise<unknown>): void; tag?: string }

/** Seconds to wait for the network before the cached story is shown. */
const NETWORK_TIMEOUT = 4
const OFFLINE = '/offline'

/** The story: from the network, or else its cached copy, marked with its age. */
const story = new NetworkFirst({
  cacheName: 'story',
  networkTimeoutSeconds: NETWORK_TIMEOUT,
  plugins: [
    {
      cacheKeyWillBeUsed: async () => '/',
      // A worker's request may be answered stale by the browser's own cache, for as long as a CDN may.
      requestWillFetch: async ({ request }) => new Request(request, { cache: 'no-cache' }),
      fetchDidSucceed: async ({ response }) => {
        if (response.status >= 500) throw new Error('The server has no story just now.')
        return response
      },
      cacheWillUpdate: async ({ response }) => ((await isStory(response)) ? response : null),
      cachedResponseWillBeUsed: async ({ cachedResponse }) =>
        cachedResponse && marked(cachedResponse),
    },
  ],
})
const files = new PrecacheController()
files.addToCacheList(FILES)

// A new worker waits until all pages of the old one are closed: until then their scripts stay cached.
on('install', async (event) => {
  await files.install(event)
  // Last: a story is cached only after its scripts.
  const [, kept] = story.handleAll({ event: event as never, request: new Request('/') })
  await kept
})
on('activate', (event) => files.activate(event))
on('sync', () => sendQueue())
// A service worker cannot start another worker: it calls the function itself.
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
// A form without script is not queued: the page says that nothing was sent; the text is one step back.
registerRoute(
  ({ request, url }) => isPage(request) && ofReaders(url.pathname),
  ({ request }) => fetch(request).catch(offlinePage),
  'POST',
)
registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && (url.pathname.startsWith('/_next/static/') || isKept(url.pathname)),
  async ({ request, url }) =>
    // The files of a waiting worker are cached already, and a new story needs them.
    (await files.matchPrecache(url.pathname)) ?? (await caches.match(request)) ?? fetch(request),
)

function on(name: string, act: (event: WorkerEvent) => Promise<unknown>): void {
  addEventListener(name, (event) => (event as WorkerEvent).waitUntil(act(event as WorkerEvent)))
}

function isKept(path: string): boolean {
  return path !== OFFLINE && files.getCacheKeyForURL(path) !== undefined
}

/**
 * Tells the story from what may come in its place: another page that its address leads to for a time, an
 * error, and the page made for one reader, who has just voted.
 */
async function isStory(response: Response): Promise<boolean> {
  const { ok, redirected, type, headers } = response
  if (!ok || redirected || type !== 'basic' || headers.get('cache-control') === 'no-store')
    return false
  return (await response.clone().text()).includes('<article id="story"')
}

async function offlinePage(): Promise<Response> {
  const page = await files.matchPrecache(OFFLINE)
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error()
}

/** Marks the cached copy with the time at which the server gave it, or else with now. */
async function marked(response: Response): Promise<Response> {
  const { headers, status } = response
  const at = Date.parse(headers.get('date') ?? '') || Date.now()
  return new Response(markCachedPage(await response.text(), at), { headers, status })
}
