import type { Comment, CommentPage, ListedComments, Outcome, Sort } from '#lib/comments/comment.ts'
import type { LiveChange, LiveComment } from '#lib/comments/live-change.ts'

/** The comments as they stand on a reader's page. */
export type CommentListState = {
  sort: Sort
  /** In their order; nothing until the first page is there. */
  comments?: Comment[] | undefined
  total: number
  /** When the first page was read, in UTC milliseconds. */
  readAt: number
  next: string | null
  outcomes: Outcome[]
  /** No more may be written, as the server last said. */
  closed?: boolean | undefined
  /** What the reader has written since the page was opened: an answer on its way may not have it, or never come. */
  own: Comment[]
  /** Comments by others that have come since and wait to be shown, so that nothing moves. */
  waiting: Comment[]
  /** More has come than could be told: only a new page has it. */
  stale?: boolean | undefined
  /** The comment that has just come, or that the reader came for or is done with: it gets the focus. */
  fresh?: { id: string } | undefined
}

export type CommentListAction =
  | { act: 'load'; page: ListedComments; sort: Sort }
  | { act: 'loadMore'; page: CommentPage }
  /** `quiet`: the reader did it earlier, and is elsewhere by now. */
  | { act: 'put'; comment: Comment; quiet?: boolean }
  | { act: 'hear'; change: LiveChange }
  | { act: 'show' }
  | { act: 'return'; id: string }

export function commentListReducer(
  state: CommentListState,
  act: CommentListAction,
): CommentListState {
  switch (act.act) {
    case 'load': {
      const { page, sort } = act
      const { readAt } = page
      // What was heard of while this was on its way may not be in it.
      const waiting = state.waiting.filter(
        ({ id, createdAt }) =>
          createdAt >= readAt && !has(page.comments, id) && !has(state.own, id),
      )
      const loaded: CommentListState = { ...state, ...page, sort, waiting, stale: false }
      const missing = state.own.filter(
        ({ id, status }) => status !== 'deleted' && !has(page.comments, id),
      )
      return missing.reduce(
        (before, comment) => putNew(before, comment, comment.createdAt >= readAt),
        loaded,
      )
    }
    case 'loadMore': {
      const { comments, ...page } = act.page
      const known = state.comments ?? []
      const fresh = comments.find(({ id }) => !has(known, id))
      const waiting = state.waiting.filter(({ id }) => !has(comments, id))
      return { ...state, ...page, comments: append(known, comments), waiting, fresh }
    }
    case 'put': {
      const { comment } = act
      const own = [comment, ...state.own.filter(({ id }) => id !== comment.id)]
      const comments = replace(state.comments, comment)
      const waiting = state.waiting.filter(({ id }) => id !== comment.id)
      // What was heard of has been counted.
      const isCounted = has(state.waiting, comment.id)
      const fresh = act.quiet ? state.fresh : comment
      return putNew({ ...state, own, comments, waiting, fresh }, comment, !isCounted)
    }
    case 'hear':
      return hear(state, act.change)
    case 'show': {
      const shown = state.waiting.reduce(
        (comments, comment) => insert(comments, comment, state),
        state.comments ?? [],
      )
      const fresh = shown.find(({ id }) => has(state.waiting, id))
      return { ...state, comments: shown, waiting: [], fresh }
    }
    case 'return':
      return { ...state, fresh: { id: act.id } }
  }
}

function putNew(state: CommentListState, comment: Comment, counts: boolean): CommentListState {
  const { comments, total } = state
  if (!comments || has(comments, comment.id)) return state
  const more = counts && comment.status === 'published' ? 1 : 0
  return { ...state, comments: insert(comments, comment, state), total: total + more }
}

function hear(
  state: CommentListState,
  { total, comments: changed, reload }: LiveChange,
): CommentListState {
  let { comments, waiting } = state
  const known = new Set(comments?.map(({ id }) => id))
  const lastRoot = comments?.findLast(({ parent }) => !parent)?.id
  for (const heard of changed) {
    if (known.has(heard.id)) comments = update(comments!, heard)
    else if (heard.status === 'published') {
      const { id, parent, createdAt } = heard
      // One that was approved late is older, and would stand among those that are loaded.
      const isLate = state.sort === 'newest' && !parent && lastRoot !== undefined && id > lastRoot
      const isNew =
        (createdAt >= state.readAt || isLate) &&
        (!parent || known.has(parent.id) || has(waiting, parent.id))
      if (isNew || has(waiting, id))
        waiting = [...waiting.filter((other) => other.id !== id), heard]
    } else waiting = waiting.filter(({ id }) => id !== heard.id)
  }
  return { ...state, total, comments, waiting, stale: state.stale || reload }
}

/** What is heard is said to everyone: whose it is and how they voted stay. */
function update(comments: Comment[], heard: LiveComment): Comment[] {
  return comments.map((comment) => {
    // A reply names whom it answers while that is shown.
    if (comment.parent?.id === heard.id)
      return {
        ...comment,
        parent: { id: heard.id, name: heard.status === 'published' ? heard.name : '' },
      }
    if (comment.id !== heard.id) return comment
    if (heard.status !== 'published')
      // The reader's own stays readable until it is deleted.
      return comment.mine && heard.status !== 'deleted'
        ? { ...comment, status: heard.status }
        : { ...comment, status: heard.status, name: '', text: '', body: [] }
    const votes = { ...heard.votes, mine: comment.votes.mine }
    return { ...heard, mine: comment.mine, votes }
  })
}

/**
 * Puts a comment where it will stand: a reply after all that stand below its parent, another first, or
 * last where the oldest come first. A reply to what is not here is left out.
 */
function insert(
  comments: Comment[],
  comment: Comment,
  { sort, next }: CommentListState,
): Comment[] {
  const { parent, depth } = comment
  if (!parent)
    return sort === 'oldest' && next === null ? [...comments, comment] : [comment, ...comments]
  const above = comments.findIndex(({ id }) => id === parent.id)
  if (above < 0) return comments
  let place = above + 1
  while (place < comments.length && comments[place]!.depth >= depth) place++
  return comments.toSpliced(place, 0, comment)
}

function replace(comments: Comment[] | undefined, by: Comment): Comment[] | undefined {
  return comments?.map((comment) => (comment.id === by.id ? by : comment))
}

function append(comments: Comment[], more: Comment[]): Comment[] {
  return [...comments, ...more.filter(({ id }) => !has(comments, id))]
}

function has(comments: Comment[], wanted: string): boolean {
  return comments.some(({ id }) => id === wanted)
}
