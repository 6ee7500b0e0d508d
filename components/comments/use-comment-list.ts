import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { Comment, CommentPage, ListedComments, Sort } from '#lib/comments/comment.ts'
import { type CommentListState, commentListReducer } from '#lib/browser/comment-list-reducer.ts'
import { fetchComments } from '#lib/browser/comments-client.ts'
import { subscribeToChanges } from '#lib/browser/live-client.ts'
import type { QueueEvent } from '#lib/browser/offline/offline-queue.ts'
import { publishTotals } from '#lib/browser/live-totals.ts'

const EMPTY = { total: 0, readAt: 0, next: null, outcomes: [], own: [], waiting: [] }

/**
 * The comments, loaded page by page.
 *
 * @param initial the first page where the server rendered it; else it is fetched
 * @param start the comment that the reader came for: where the first page has it not, its own is fetched
 * @param posted what the form above has posted
 * @param madeAt when `initial` was read, in UTC milliseconds
 */
export function useCommentList(
  initial: CommentPage | undefined,
  firstSort: Sort,
  start: string | undefined,
  posted: Comment[],
  madeAt: number | undefined,
) {
  const [state, tell] = useReducer(commentListReducer, {
    ...EMPTY,
    ...initial,
    sort: firstSort,
    readAt: madeAt ?? 0,
    fresh: !initial && start ? { id: start } : undefined,
  } satisfies CommentListState)
  const [loading, setLoading] = useState(!initial)
  const [failed, setFailed] = useState<string>()
  const asked = useRef(0)
  const isLoaded = useRef(initial !== undefined)
  /** How many of `posted` have been put. */
  const put = useRef(0)
  /** From when on changes are heard: since the first page was read. */
  const [since, setSince] = useState(madeAt)

  /** Answers with the comments that it brought; with none, when a later one has overtaken it. */
  const load = useCallback(
    (sort: Sort, { after, page }: { after?: string; page?: string | undefined } = {}) => {
      const turn = ++asked.current
      const isLast = () => turn === asked.current
      return fetchPage(sort, after, page)
        .then(
          (answer) => {
            if (!isLast()) return []
            setFailed(undefined)
            isLoaded.current = true
            setSince((before) => before ?? answer.readAt)
            tell(after ? { act: 'loadMore', page: answer } : { act: 'load', page: answer, sort })
            return answer.comments
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
    for (const comment of posted.slice(put.current)) tell({ act: 'put', comment })
    put.current = posted.length
    // The first page is asked for again where there was none to put the comment into.
    if (posted.length > 0 && !isLoaded.current) void load(firstSort)
  }, [posted, firstSort, load])
  useEffect(() => {
    if (since === undefined) return
    return subscribeToChanges((change) => {
      publishTotals(change)
      tell({ act: 'hear', change })
    }, since)
  }, [since])
  useEffect(() => {
    const settle = (event: Event) => {
      const { detail } = event as CustomEvent<QueueEvent>
      const comment = detail.answer as Comment | undefined
      if (comment?.body) tell({ act: 'put', comment, quiet: true })
    }
    const again = () => void (isLoaded.current || load(firstSort, { page: start }))
    addEventListener('outbox', settle)
    addEventListener('reachable', again)
    return () => {
      removeEventListener('outbox', settle)
      removeEventListener('reachable', again)
    }
  }, [firstSort, start, load])
  const loadNow: typeof load = (...page) => {
    setFailed(undefined)
    setLoading(true)
    return load(...page)
  }
  return { ...state, loading, failed, load: loadNow, tell }
}

/** The first page, or where it has not the comment that is looked for, the one that has. */
async function fetchPage(sort: Sort, after?: string, page?: string): Promise<ListedComments> {
  const first = await fetchComments({ sort, after })
  if (!page || first.comments.some(({ id }) => id === page)) return first
  return fetchComments({ sort, page }).catch(() => first)
}
