import type { IncomingMessage, ServerResponse } from 'node:http'
import { overBudget, requireBudget } from '#lib/api/budgets.ts'
import { addressOf, isHttpsConnection } from '#lib/http/connection.ts'
import { insertPreview } from '#lib/metadata/link-preview.ts'
import type { PageRequest } from '#lib/pages/load-page.ts'
import type { RenderSlot } from '#lib/slots.ts'
import { securityHeaders } from '#lib/http/security-headers.ts'
import { chooseCoding, type Coding, encode } from '#lib/server/content-coding.ts'
import type { PageRoute, Routes } from '#lib/server/find-route.ts'
import { loadShell, type Shell } from '#lib/server/shells.ts'
import { ownTurn } from '#lib/own-turn.ts'

/** A page with its compressed copies, made when they are asked for; nothing where there is no page. */
type Page = { html: Buffer; status: number; coded: Map<Coding, Promise<Buffer>> } | undefined

export type Pages = {
  /**
   * Answers with a page that is made for the request.
   *
   * @param status instead of the page's own
   * @returns whether there is such a page
   * @throws {RequestError} 429 when the client's network has had its pages
   */
  show: (
    route: PageRoute,
    asked: PageRequest,
    request: IncomingMessage,
    response: ServerResponse,
    status?: number,
  ) => Promise<boolean>
  /** Notes that something was written that a page may show: shared pages are made anew sooner. */
  noteWrite: () => void
}

/**
 * Milliseconds for which readers without a cookie share a page: fewer when this process has written
 * something since it was made.
 */
const SHARED_FOR = { unwritten: 1_000, written: 100 }
/** Most pages that are shared at the same time. */
const MOST_SHARED = 32

/**
 * Renders pages with what their routes load. All shells are read now.
 *
 * @param build folder of the build that is served
 */
export function makePages(build: string, routes: Routes, render: RenderSlot): Pages {
  const shells = new Map<string, Shell>()
  for (const route of Object.values(routes))
    if ('shell' in route) shells.set(route.shell, loadShell(build, route.shell))
  const make = async ({ load, shell, slot }: PageRoute, asked: PageRequest): Promise<Page> => {
    const loaded = await load(asked)
    if (!loaded) return
    await ownTurn()
    const html = shells.get(shell)!.fill(() => render(slot, loaded.props))
    const previewed = loaded.preview ? insertPreview(html, loaded.preview) : html
    return { html: Buffer.from(previewed), status: loaded.status, coded: new Map() }
  }

  let writtenAt = -Infinity
  const shared = new Map<string, { madeAt: number; page: Promise<Page> }>()
  const makeShared = (route: PageRoute, asked: PageRequest, address: string): Promise<Page> => {
    const what = route.sharedKey?.(asked)
    if (what === undefined) {
      requireBudget('pages', address)
      return make(route, asked)
    }
    const key = `${route.slot} ${what}`
    const known = shared.get(key)
    const age = known && performance.now() - known.madeAt
    const isWritten = known && writtenAt > known.madeAt
    if (known && age! < SHARED_FOR[isWritten ? 'written' : 'unwritten']) return known.page
    const refusal = overBudget('pages', address)
    // Shows a page that may be a little old rather than a refusal.
    if (refusal && known) return known.page
    if (refusal) throw refusal
    const page = make(route, asked)
    shared.delete(key)
    shared.set(key, { madeAt: performance.now(), page })
    if (shared.size > MOST_SHARED) shared.delete(shared.keys().next().value!)
    return page
  }

  const show: Pages['show'] = async (route, asked, request, response, status) => {
    const page = await makeShared(route, asked, addressOf(request))
    if (!page) return false
    if (route.isPrivate) response.setHeader('x-robots-tag', 'noindex, nofollow')
    const { policy } = shells.get(route.shell)!
    const sent = { policy, status: status ?? page.status }
    const cache = sent.status === 200 && !route.isPrivate ? KEPT_TO_GO_BACK : undefined
    await sendPage(page, { ...sent, cache }, request, response)
    return true
  }
  return { show, noteWrite: () => void (writtenAt = performance.now()) }
}

/** Lets a browser keep a page to go back to, and no cache answer with it. */
const KEPT_TO_GO_BACK = 'private, no-cache'

/** Sends a page that, unless `cache` says otherwise, nothing keeps; it is compressed once for all who share it. */
export async function sendPage(
  { html, coded = new Map() }: { html: Buffer; coded?: Map<Coding, Promise<Buffer>> },
  {
    policy,
    status = 200,
    cache = 'no-store',
  }: { policy: string; status?: number; cache?: string | undefined },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const coding = chooseCoding(request.headers['accept-encoding'])
  const encoded = coded.get(coding) ?? encode(html, coding)
  coded.set(coding, encoded)
  const body = await encoded
  response
    .writeHead(status, {
      ...securityHeaders(policy, isHttpsConnection(request)),
      'cache-control': cache,
      'content-length': body.length,
      'content-type': 'text/html; charset=utf-8',
      vary: 'accept-encoding',
      ...(coding && { 'content-encoding': coding }),
    })
    .end(request.method === 'HEAD' ? undefined : body)
}
