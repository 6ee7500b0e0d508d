import { makeToken } from '#lib/api/challenge.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { isId } from '#lib/api/input.ts'
import { hasReaderCookie, readReader } from '#lib/api/reader-cookie.ts'
import { newUuid } from '#lib/browser/uuid.ts'
import { type Comment, SORTS } from '#lib/comments/comment.ts'
import {
  type CommentsData,
  commentsPage,
  type CommentsPageProps,
  type CommentsRequest,
  isVote,
  requestedForm,
} from '#lib/comments/comments-page.ts'
import { REQUEST_DEADLINE, within } from '#lib/deadline.ts'
import { shownText } from '#lib/comments/screening.ts'
import { fill } from '#lib/i18n/messages.ts'
import { logRecurring } from '#lib/logging/log.ts'
import { excerptOf, type LinkPreview } from '#lib/metadata/link-preview.ts'
import { ownTurn } from '#lib/own-turn.ts'
import type { Loaded, PageRequest } from '#lib/pages/load-page.ts'
import { FORM_KINDS } from '#lib/rejected-form.ts'
import { getStore, type Position } from '#lib/store/index.ts'
import { loadContent } from '#lib/story/content.ts'
import messages from '#messages/comments-feed.json' with { type: 'json' }

/**
 * Returns the key of a page that may be sent to all readers who ask for the same: those without a cookie.
 * Nothing where the page is for one reader alone.
 */
export function sharedKey({ query, cookies, rejected }: PageRequest): string | undefined {
  if (rejected || query.has('act') || hasReaderCookie(cookies)) return
  const asked = readAddress(query)
  return asked && JSON.stringify([asked.page, asked.after, asked.sort])
}

/**
 * Loads what the page of comments shows. Its status is 503 where the store cannot be read, and there is
 * no page where the address names what cannot be a comment, or one that is not there.
 */
export async function loadCommentsPage(
  pageRequest: PageRequest,
): Promise<Loaded<CommentsPageProps> | undefined> {
  const { query, cookies, rejected, timeout = REQUEST_DEADLINE } = pageRequest
  const address = readAddress(query)
  if (!address) return
  const isShared = sharedKey(pageRequest) !== undefined
  const request = { ...address, rejected, isShared }
  const found = await within(timeout, readData(request, cookies)).catch((error: unknown) =>
    logRecurring(error),
  )
  if (found === 'missing') return
  // A preview is parsed.
  if (rejected) await ownTurn()
  const { article } = await loadContent()
  const closed = found?.closed ?? article.comments === 'closed'
  const keys = { newComment: newUuid(), open: newUuid() }
  const props = commentsPage(request, found?.data, closed, keys)
  const comments = found?.data.list.comments ?? []
  const linked = comments.find(({ id, status }) => id === address.page && status === 'published')
  return { status: found ? 200 : 503, props, preview: linked && previewOf(linked, article.title) }
}

/** Describes a comment for those who are sent the link to it. */
function previewOf({ name, body }: Comment, story: string): LinkPreview {
  return {
    title: fill(messages.comment, { name, title: story }),
    description: excerptOf(shownText(body)),
  }
}

/** Reads what the address asks for; nothing where it names what cannot be a comment. */
function readAddress(query: URLSearchParams) {
  const [page, after] = [query.get('page'), query.get('after')]
  if ([page, after].some((id) => id !== null && !isId(id))) return
  return {
    page: page?.toLowerCase(),
    after: after?.toLowerCase(),
    sort: SORTS.find((sort) => sort === query.get('sort')),
    act: ACTS.find((act) => act === query.get('act')),
  }
}

const ACTS = [...FORM_KINDS, 'deleted', 'reported'] as const

async function readData(
  request: CommentsRequest,
  cookies: string | null,
): Promise<{ data: CommentsData; closed: boolean } | 'missing'> {
  const store = await getStore()
  const reader = await readReader(cookies)
  const [tally, found, token, policy] = await Promise.all([
    store.readTally(reader),
    store.readComments(positionOf(request), reader),
    makeToken({ shared: request.isShared }),
    getCommentPolicy(),
  ])
  // What was typed is shown, even where the comment that it was for has gone.
  const list = found ?? (request.rejected && (await store.readComments({}, reader)))
  if (!list) return 'missing'
  return {
    data: { tally, list, token, now: Date.now() },
    closed: policy.comments === 'closed',
  }
}

/** Tells which comments are read: from the one whose form or vote the request has, or by its address. */
function positionOf(request: CommentsRequest): Position {
  const { page, after, sort, rejected } = request
  const at =
    rejected && isVote(rejected) ? rejected.values.comment : (requestedForm(request)?.id ?? page)
  return { at, after, sort }
}
