import { makeToken } from '#lib/api/challenge.ts'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import { getCommentPolicy } from '#lib/api/comment-policy.ts'
import { type CommentPage, SORTS } from '#lib/comments/comment.ts'
import type { CommentsPageProps } from '#lib/comments/comments-page.ts'
import { loadContent } from '#lib/story/content.ts'
import { log } from '#lib/logging/log.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import { newUuid } from '#lib/browser/uuid.ts'
import { isId } from '#lib/api/input.ts'
import type { Loaded, PageRequest } from '#lib/pages/page.ts'
import { hasReaderCookie, readReader } from '#lib/api/reader-cookie.ts'
import {
  type FormKind,
  FORM_KINDS,
  openForm,
  type OpenForm,
  PREVIEW,
  type RejectedForm,
  unspentToken,
} from '#lib/rejected-form.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore, type Position } from '#lib/store/index.ts'
import { countsData } from '#lib/metadata/structured-data.ts'
import acts from '#messages/comment-acts.json' with { type: 'json' }
import comments from '#messages/comments.json' with { type: 'json' }
import messages from '#messages/comments-page.json' with { type: 'json' }
import votes from '#messages/votes.json' with { type: 'json' }

/**
 * Tells which readers may share one rendering of the page: those without a cookie who ask for the same.
 * Nothing where what is shown is for one reader alone.
 */
export function sharedKey({ query, cookies, refused }: PageRequest): string | undefined {
  if (refused || query.has('act') || hasReaderCookie(cookies)) return
  const asked = readAddress(query)
  return asked && JSON.stringify([asked.page, asked.after, asked.sort])
}

export async function loadCommentsPage(
  request: PageRequest,
): Promise<Loaded<CommentsPageProps> | undefined> {
  const { query, refused } = request
  const asked = readAddress(query)
  if (!asked) return
  const { page, after, sort, act } = asked
  const open = refused ? openForm(refused) : page && act ? { id: page, act } : undefined
  const position = { at: open?.id ?? page, after, sort }
  const data = await readData(request, position).catch((error: unknown) => void log.error(error))
  if (data && !data.list) return
  const closed = data?.closed ?? (await loadContent()).article.comments === 'closed'
  const { isOpen, isStray, isVotedHere } = findForm({ refused, open, closed }, data?.list)
  const refusedVote = refused && isVote(refused) ? refused : undefined
  const supplies = {
    refused: refusedVote || isStray ? undefined : refused,
    preview: refused?.code === PREVIEW ? parseComment(refused.values.text ?? '') : undefined,
    token: (refused && unspentToken(refused)) ?? data?.token,
    formKey: (refused?.code !== 'key_used' && refused?.values.key) || newUuid(),
  }
  const form = isOpen || isStray ? { formKey: newUuid(), token: supplies.token } : supplies
  return {
    status: data ? 200 : 503,
    props: {
      isUnavailable: !data,
      votes: {
        initial: data?.tally,
        refusal: refusedVote && !isVotedHere ? notCounted(refusedVote) : undefined,
        from: 'comments',
      },
      stray: refused && isStray ? strayForm(refused, open) : undefined,
      isDeleted: query.get('act') === 'deleted',
      list: {
        language: uiLanguage,
        closed,
        initial: data?.list,
        sort,
        start: page,
        now: data?.now,
        // A key is good for one comment: what is shared has none.
        form: sharedKey(request) === undefined ? form : { token: supplies.token },
        open: isOpen ? open : undefined,
        supplies: isOpen ? supplies : undefined,
        reported: query.get('act') === 'reported' ? page : undefined,
        refusedVote:
          refusedVote?.values.comment && isVotedHere
            ? { comment: refusedVote.values.comment, message: notCounted(refusedVote) }
            : undefined,
      },
      isPart: Boolean(page ?? after),
      data: data?.list && countsData({ ...data, ...data.list }, getSettings().SITE_URL),
    },
  }
}

/** Reads what the address asks for; nothing where it names what cannot be a comment. */
function readAddress(query: URLSearchParams) {
  const [page, after] = [query.get('page'), query.get('after')]
  if ([page, after].some((id) => id !== null && !isId(id))) return
  return {
    page: page?.toLowerCase(),
    after: after?.toLowerCase(),
    sort: SORTS.find((one) => one === query.get('sort')),
    act: FORM_KINDS.find((one) => one === query.get('act')),
  }
}

/** @throws when the store cannot be read */
async function readData(request: PageRequest, position: Position) {
  const { cookies, refused } = request
  const store = await getStore()
  const reader = await readReader(cookies)
  const at = refused && isVote(refused) ? refused.values.comment : position.at
  const [tally, views, list, token, policy] = await Promise.all([
    store.readTally(reader),
    store.readViews(),
    store.readComments({ ...position, at }, reader),
    makeToken({ shared: sharedKey(request) !== undefined }),
    getCommentPolicy(),
  ])
  return {
    tally,
    views,
    list: refused && !list ? await store.readComments({}, reader) : list,
    token,
    closed: policy.comments === 'closed',
    now: Date.now(),
  }
}

/** Finds where on the page a form that is open or refused stands. */
function findForm(
  {
    refused,
    open,
    closed,
  }: { refused: RejectedForm | undefined; open: OpenForm | undefined; closed: boolean },
  list: CommentPage | undefined,
) {
  const isOpen = list?.comments.some(
    ({ id, mine }) => id === open?.id && (mine || !OWN.has(open.act)),
  )
  const isVotedHere = list?.comments.some(
    ({ id, status }) => id === refused?.values.comment && status === 'published',
  )
  // A reply to what has gone meanwhile stands in the form of a new comment; what else has gone, nowhere.
  const isHomeless = closed || (open && refused?.code !== 'parent_gone')
  const isStray = refused && !isVote(refused) && !isOpen && isHomeless
  return { isOpen, isVotedHere, isStray }
}

/** What only the writer of a comment may do. */
const OWN = new Set<FormKind>(['edit', 'delete'])

function isVote({ path }: RejectedForm): boolean {
  return path === '/api/votes'
}

const NOT_DONE: Record<FormKind, string> = {
  reply: acts.replyNotPosted,
  edit: acts.notSaved,
  delete: messages.notDeleted,
  report: messages.notReported,
}

function strayForm({ message: reason, values }: RejectedForm, open: OpenForm | undefined) {
  const message = fill(open ? NOT_DONE[open.act] : comments.notPosted, { reason })
  const words = values.text ?? values.note
  return { message: words ? fill(messages.youWrote, { message }) : message, words }
}

function notCounted({ message }: RejectedForm): string {
  return fill(votes.notCounted, { reason: message })
}
