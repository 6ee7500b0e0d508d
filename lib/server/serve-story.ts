import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { REQUEST_DEADLINE, within } from '#lib/deadline.ts'
import { log, logRecurring } from '#lib/logging/log.ts'
import type { RenderSlot } from '#lib/slots.ts'
import { hasReaderCookie, readReader } from '#lib/api/reader-cookie.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { requireBudget } from '#lib/api/budgets.ts'
import { addressOf, isHttpsConnection } from '#lib/http/connection.ts'
import { RequestError } from '#lib/http/request-error.ts'
import { REQUEST_ID, requestId } from '#lib/http/request-id.ts'
import { securityHeaders } from '#lib/http/security-headers.ts'
import { BEST, CODINGS, encode, GOOD } from '#lib/server/content-coding.ts'
import {
  type Document,
  makeServedDocument,
  PAGE,
  readDocument,
  sendDocument,
} from '#lib/server/send-document.ts'
import { sendPage } from '#lib/server/render-page.ts'
import { sendRefusal } from '#lib/server/send-refusal.ts'
import { loadShell, type Shell } from '#lib/server/shells.ts'
import { getStore } from '#lib/store/index.ts'
import { type Tally, VOTED_PATH } from '#lib/votes.ts'

/** Milliseconds for which totals that were read from the store are shown. */
const READ_INTERVAL = 1_000
/** Milliseconds that a request waits for the store before it gets the story as it last was. */
const READ_TIMEOUT = 250

/**
 * Serves the story with its votes and views of the last second, and with the form of a comment unless comments
 * are closed, from memory. It is made anew only when that has changed: quickly compressed at once, and as small as can be when they rest. While the store
 * cannot be read it stays as it was. A reader who has voted without script gets it with that vote.
 *
 * @param build folder of the build that is served
 */
export function serveStory(build: string, render: RenderSlot): RequestListener {
  const shell = loadShell(build, 'index')
  const headers = { ...PAGE, policy: shell.policy }
  let document: Document = readDocument(build, 'index.html', headers)
  let shown = ''
  let isBest = true
  let readAt = -Infinity
  /** Ends when the store has been read, or has taken too long. */
  let reading: Promise<void> | undefined
  let wait: Promise<void> | undefined

  /** @param votes all votes, with those of a reader where it is made for one */
  const makeHtml = (votes: Pick<Tally, 'up' | 'down'>, views: number, closed: boolean) =>
    Buffer.from(fillStory(shell, render, { votes, views, closed }))
  const compress = async (html: Buffer, how: typeof BEST) => {
    const contents = CODINGS.map(
      async (coding) => [coding, await encode(html, coding, how)] as const,
    )
    return makeServedDocument(new Map(await Promise.all(contents)), headers)
  }
  const read = async () => {
    const [{ up, down, views }, closed] = await Promise.all([
      (await getStore()).readTotals(),
      areCommentsClosed(),
    ])
    const state = `${up} ${down} ${views} ${closed}`
    const rest = state === shown
    if (rest && isBest) return
    const html = makeHtml({ up, down }, views, closed)
    shown = state
    isBest = rest
    if (!rest) document = await compress(html, GOOD)
    // Nobody waits for it; what has changed meanwhile stays.
    else
      compress(html, BEST).then(
        (best) => state === shown && (document = best),
        (error: unknown) => log.error(error),
      )
  }
  const refresh = () => {
    readAt = performance.now()
    reading = read()
      .catch((error: unknown) => logRecurring(error))
      .finally(() => (reading = undefined))
    // One for all: who comes after it gets the story as it was.
    wait = Promise.race([reading, sleep(READ_TIMEOUT)]).finally(() => (wait = undefined))
  }
  const readOwn = async (cookies: string | null) => {
    const store = await getStore()
    const reader = await readReader(cookies)
    const [tally, views, closed] = await Promise.all([
      store.readTally(reader),
      store.readViews(),
      areCommentsClosed(),
    ])
    return makeHtml(tally, views, closed)
  }
  const serveOwn = async (request: IncomingMessage, response: ServerResponse) => {
    requireBudget('pages', addressOf(request))
    const html = await within(REQUEST_DEADLINE, readOwn(request.headers.cookie ?? null))
    response.setHeader(REQUEST_ID, requestId(request))
    await sendPage({ html }, { policy: shell.policy }, request, response)
  }

  return (request, response) => {
    const send = () => sendDocument(document, request, response)
    const isOwn = request.url!.startsWith(VOTED_PATH)
    if (isOwn && !hasReaderCookie(request.headers.cookie ?? null))
      return redirectToStory(request, response, shell.policy)
    if (isOwn)
      return void serveOwn(request, response).catch((error: unknown) => {
        if (error instanceof RequestError) return sendRefusal(error, request, response)
        logRecurring(error)
        // As it was last, and kept by no cache at this address.
        const html = document.get(undefined)!.content
        return sendPage({ html }, { policy: shell.policy, status: 503 }, request, response)
      })
    if (!reading && performance.now() - readAt >= READ_INTERVAL) refresh()
    if (!wait) return send()
    void wait.then(send)
  }
}

/** Fills the islands of the story with what readers and moderators have done. */
export function fillStory(
  shell: Shell,
  render: RenderSlot,
  { votes, views, closed }: { votes: Pick<Tally, 'up' | 'down'>; views: number; closed: boolean },
): string {
  return shell.fill((name, props) => {
    if (name === 'votes') return render('votes', { ...props, initial: votes })
    if (name === 'views') return render('views', { ...props, initial: views })
    return render('story-comments', { language: uiLanguage, closed })
  })
}

async function areCommentsClosed(): Promise<boolean> {
  return (await getCommentPolicy()).comments === 'closed'
}

/** Leads a browser without a reader's cookie from the address after a vote to the story that caches keep. */
function redirectToStory(request: IncomingMessage, response: ServerResponse, policy: string): void {
  response
    .writeHead(307, {
      ...securityHeaders(policy, isHttpsConnection(request)),
      [REQUEST_ID]: requestId(request),
      'cache-control': 'no-store',
      'content-length': 0,
      location: '/',
    })
    .end()
}
