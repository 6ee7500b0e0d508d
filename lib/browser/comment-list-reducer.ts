import type {
  Comment,
  CommentPage,
  ListedComments,
  ModerationOutcome,
  Sort,
} from '#lib/comments/comment.ts'
import type { LiveChange, LiveComment } from '#lib/comments/live-change.ts'

/** The comments as they stand on a reader's page. */
export type CommentListState = {
  sort: Sort
  /** In the order in which they stand; undefined until the first page has come. */
  comments?: Comment[] | undefined
  total: number
  /** When the first page was read, in UTC milliseconds. */
  readAt: number
  next: string | null
  outcomes: ModerationOutcome[]
  /** Whether the server last said that no more comments may be written. */
  closed?: boolean | undefined
  /** What the reader has written since the page was opened: an answer under way may lack it, or never come. */
  own: Comment[]
  /** Comments by others that have come since, kept back so that nothing on the page moves. */
  unshown: Comment[]
  /** More has come than the server tells at once: only a new page has it. */
  stale?: boolean | undefined
  /** The comment that gets the focus: it has just come, or the reader came for it or is done with it. */
  focused?: { id: string } | undefined
}

export type CommentListAction =
  | { type: 'load'; page: ListedComments; sort: Sort }
  | { type: 'loadMore'; page: CommentPage }
  /** `keepsFocus`: the reader wrote it earlier, and is elsewhere by now. */
  | { type: 'put'; comment: Comment; keepsFocus?: boolean }
  | { type: 'receive'; change: LiveChange }
  | { type: 'showNew' }
  | { type: 'focus'; id: string }

/** Returns the list after what the reader, a request or another reader has done to it. */
export function commentListReducer(
  state: CommentListState,
  action: CommentListAction,
): CommentListState {
  switch (action.type) {
    case 'load':
      return load(state, action.page, action.sort)
    case 'loadMore':
      return loadMore(state, action.page)
    case 'put':
      return put(state, action.comment, action.keepsFocus)
    case 'receive':
      return receive(state, action.change)
    case 'showNew':
      return showNew(state)
    case 'focus':
      return { ...state, focused: { id: action.id } }
  }
}

function load(state: CommentListState, page: ListedComments, sort: Sort): CommentListState {
  const { readAt } = page
  // What was received while this was under way may not be in it.
  const unshown = state.unshown.filter(
    ({ id, createdAt }) => createdAt >= readAt && !has(page.comments, id) && !has(state.own, id),
  )
  const loaded: CommentListState = { ...state, ...page, sort, unshown, stale: false }
  const missing = state.own.filter(
    ({ id, status }) => status !== 'deleted' && !has(page.comments, id),
  )
  return missing.reduce(
    (before, comment) => insertNew(before, comment, comment.createdAt >= readAt),
    loaded,
  )
}

function loadMore(state: CommentListState, { comments, ...page }: CommentPage): CommentListState {
  const known = state.comments ?? []
  const more = comments.filter(({ id }) => !has(known, id))
  const unshown = state.unshown.filter(({ id }) => !has(comments, id))
  return { ...state, ...page, comments: [...known, ...more], unshown, focused: more[0] }
}

function put(state: CommentListState, comment: Comment, keepsFocus = false): CommentListState {
  const isOther = ({ id }: Comment) => id !== comment.id
  const changed = {
    ...state,
    own: [comment, ...state.own.filter(isOther)],
    comments: state.comments?.map((other) => (isOther(other) ? other : comment)),
    unshown: state.unshown.filter(isOther),
    focused: keepsFocus ? state.focused : comment,
  }
  // What was received before is in the total already.
  return insertNew(changed, comment, !has(state.unshown, comment.id))
}

/** @param counts whether the total does not have the comment yet */
function insertNew(state: CommentListState, comment: Comment, counts: boolean): CommentListState {
  const { comments, total } = state
  if (!comments || has(comments, comment.id)) return state
  const more = counts && comment.status === 'published' ? 1 : 0
  return { ...state, comments: insert(comments, comment, state), total: total + more }
}

function receive(
  state: CommentListState,
  { total, comments: changed, reload }: LiveChange,
): CommentListState {
  let { comments, unshown } = state
  const known = new Set(comments?.map(({ id }) => id))
  const lastRoot = comments?.findLast(({ parent }) => !parent)?.id
  for (const received of changed) {
    const { id } = received
    if (known.has(id)) comments = update(comments!, received)
    else if (received.status !== 'published') unshown = unshown.filter((other) => other.id !== id)
    else {
      const { parent, createdAt } = received
      // One that was approved late is older, and would stand among those that are loaded.
      const isLate = state.sort === 'newest' && !parent && lastRoot !== undefined && id > lastRoot
      const isNew =
        (createdAt >= state.readAt || isLate) &&
        (!parent || known.has(parent.id) || has(unshown, parent.id))
      if (isNew || has(unshown, id))
        unshown = [...unshown.filter((other) => other.id !== id), received]
    }
  }
  return { ...state, total, comments, unshown, stale: state.stale || reload }
}

/** Updates a comment and its replies; what is sent to everyone says neither whose it is nor who voted. */
function update(comments: Comment[], received: LiveComment): Comment[] {
  return comments.map((comment) => {
    // A reply names the writer it answers while the comment of that is shown.
    if (comment.parent?.id === received.id)
      return {
        ...comment,
        parent: { id: received.id, name: received.status === 'published' ? received.name : '' },
      }
    if (comment.id !== received.id) return comment
    if (received.status !== 'published')
      // The reader's own stays readable until it is deleted.
      return comment.mine && received.status !== 'deleted'
        ? { ...comment, status: received.status }
        : { ...comment, status: received.status, name: '', text: '', body: [] }
    const votes = { ...received.votes, mine: comment.votes.mine }
    return { ...received, mine: comment.mine, votes }
  })
}

function showNew(state: CommentListState): CommentListState {
  const comments = state.unshown.reduce(
    (comments, comment) => insert(comments, comment, state),
    state.comments ?? [],
  )
  const focused = comments.find(({ id }) => has(state.unshown, id))
  return { ...state, comments, unshown: [], focused }
}

/**
 * Inserts a comment where it will stand: a reply below its parent's other replies, another comment first,
 * or last where the oldest come first. A reply to a comment that is not here is left out.
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
  let index = above + 1
  while (index < comments.length && comments[index]!.depth >= depth) index++
  return comments.toSpliced(index, 0, comment)
}

function has(comments: Comment[], wanted: string): boolean {
  return comments.some(({ id }) => id === wanted)
}
