import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { type CommentListState, commentListReducer } from '#lib/browser/comment-list-reducer.ts'
import { fetchComments } from '#lib/browser/comments-client.ts'
import { subscribeToChanges } from '#lib/browser/live-client.ts'
import { publishTotals } from '#lib/browser/live-totals.ts'
import type { QueueEvent } from '#lib/browser/offline/offline-queue.ts'
import type { Comment, CommentPage, ListedComments, Sort } from '#lib/comments/comment.ts'

const EMPTY = { total: 0, readAt: 0, next: null, outcomes: [], own: [], unshown: [] }

/**
 * Loads the comments page by page, and keeps them up to date while the page is open.
 *
 * @param initial the first page where the server rendered it; else it is fetched
 * @param start the id of the comment that the reader came for: where the first page does not have it, the
 *   page that does is fetched
 * @param posted what the form above has posted, the newest last
 * @param madeAt when `initial` was read, in UTC milliseconds
 */
export function useCommentList({
  initial,
  sort: firstSort,
  start,
  posted,
  madeAt,
}: {
  initial: CommentPage | undefined
  sort: Sort
  start: string | undefined
  posted: Comment[]
  madeAt: number | undefined
}) {
  const [state, dispatch] = useReducer(commentListReducer, {
    ...EMPTY,
    ...initial,
    sort: firstSort,
    readAt: madeAt ?? 0,
    focused: !initial && start ? { id: start } : undefined,
  } satisfies CommentListState)
  const [loading, setLoading] = useState(!initial)
  const [failed, setFailed] = useState<string>()
  const lastRequest = useRef(0)
  const isLoaded = useRef(initial !== undefined)
  /** How many of `posted` are in the list. */
  const put = useRef(0)
  /** When the first page was read, in UTC milliseconds: what has changed since then is asked for. */
  const [since, setSince] = useState(madeAt)

  /** Resolves to the comments that came; to none where it failed, or a later request has overtaken it. */
  const load = useCallback(
    (sort: Sort, { after, page }: { after?: string; page?: string | undefined } = {}) => {
      const request = ++lastRequest.current
      const isLast = () => request === lastRequest.current
      return fetchPage(sort, after, page)
        .then(
          (page) => {
            if (!isLast()) return []
            setFailed(undefined)
            isLoaded.current = true
            setSince((before) => before ?? page.readAt)
            dispatch(after ? { type: 'loadMore', page } : { type: 'load', page, sort })
            return page.comments
          },
          (error: Error) => {
            if (isLast()) setFailed(error.message)
            return []
          },
        )
        .finally(() => isLast() && setLoading(false))
    },
    [],
  )

  useEffect(() => {
    if (!initial) void load(firstSort, { page: start })
  }, [initial, firstSort, start, load])
  useEffect(() => {
    for (const comment of posted.slice(put.current)) dispatch({ type: 'put', comment })
    put.current = posted.length
    // The first page is asked for again where there was none to put the comment into.
    if (posted.length > 0 && !isLoaded.current) void load(firstSort)
  }, [posted, firstSort, load])
  useEffect(() => {
    if (since === undefined) return
    return subscribeToChanges((change) => {
      publishTotals(change)
      dispatch({ type: 'receive', change })
    }, since)
  }, [since])
  useEffect(() => {
    const putSent = (event: Event) => {
      const { detail } = event as CustomEvent<QueueEvent>
      const comment = detail.answer as Comment | undefined
      if (comment?.body) dispatch({ type: 'put', comment, keepsFocus: true })
    }
    const retry = () => void (isLoaded.current || load(firstSort, { page: start }))
    addEventListener('outbox', putSent)
    addEventListener('reachable', retry)
    return () => {
      removeEventListener('outbox', putSent)
      removeEventListener('reachable', retry)
    }
  }, [firstSort, start, load])
  const loadNow: typeof load = (...page) => {
    setFailed(undefined)
    setLoading(true)
    return load(...page)
  }
  return { ...state, loading, failed, load: loadNow, dispatch }
}

/** Fetches the first page; where it does not have the comment that is looked for, the page that does. */
async function fetchPage(sort: Sort, after?: string, page?: string): Promise<ListedComments> {
  const first = await fetchComments({ sort, after })
  if (!page || first.comments.some(({ id }) => id === page)) return first
  return fetchComments({ sort, page }).catch(() => first)
}
