'use client'

import { useContext, useEffect, useState } from 'react'
import { CommentActions } from '#components/comments/comment-actions.tsx'
import { CommentItemContext } from '#components/comments/comment-item.tsx'
import { ModerationResults } from '#components/comments/moderation-results.tsx'
import { SortLinks } from '#components/comments/sort-links.tsx'
import { useCommentList } from '#components/comments/use-comment-list.ts'
import { useOpenForms } from '#components/comments/use-open-forms.ts'
import { Loading } from '#components/ui/loading.tsx'
import type { Comment, Sort } from '#lib/comments/comment.ts'
import type { CommentsProps } from '#lib/comments/comments-page.ts'
import { plural } from '#lib/i18n/messages.ts'
import actionMessages from '#messages/comment-acts.json' with { type: 'json' }
import formMessages from '#messages/comments.json' with { type: 'json' }
import messages from '#messages/conversation.json' with { type: 'json' }

export type CommentListProps = Omit<CommentsProps, 'form'>

/**
 * Shows the comments in their order, with what can be done to each.
 *
 * @param posted what the form above has posted, the newest last
 */
export function CommentList({
  language,
  closed: wasClosed,
  initial,
  sort: firstSort = 'newest',
  start,
  now: madeAt,
  open: opened,
  supplies,
  reported: reportedBefore,
  refusedVote,
  posted,
}: CommentListProps & { posted: Comment[] }) {
  const list = useCommentList({ initial, sort: firstSort, start, posted, madeAt })
  const { closed = wasClosed, sort, own, focused, dispatch, load } = list
  // The reader's own comments are shown even when the list cannot be loaded.
  const comments = list.comments ?? (own.length > 0 ? own : undefined)
  const [now, setNow] = useState(() => madeAt ?? Date.now())
  const [announcement, setAnnouncement] = useState('')
  const [reported, setReported] = useState(reportedBefore)
  const forms = useOpenForms(opened)
  const Item = useContext(CommentItemContext)
  const isLoaded = comments !== undefined
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (focused && isLoaded) document.getElementById(`comment-${focused.id}`)?.focus()
  }, [focused, isLoaded])

  const showMore = async (after: string) => {
    setAnnouncement('')
    const loaded = await load(sort, { after })
    const more = loaded.filter(({ id }) => !comments?.some((comment) => comment.id === id))
    if (more.length > 0) setAnnouncement(plural(messages.more, more.length))
  }
  const reload = async () => {
    const [first] = await load(sort)
    if (first) dispatch({ type: 'focus', id: first.id })
  }
  const closeForm = (id: string, focused: HTMLElement | null) => {
    forms.close(id)
    if (focused) focused.focus()
    else dispatch({ type: 'focus', id })
  }

  return (
    <>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {closed && !wasClosed && <p>{formMessages.closed}</p>}
      <ModerationResults outcomes={list.outcomes} />
      <NewComments
        count={list.unshown.length}
        isIncomplete={list.stale ?? false}
        onShow={() => dispatch({ type: 'showNew' })}
        onReload={() => void reload()}
      />
      <div className="mt-2 flex min-h-touch flex-wrap items-center justify-between gap-x-1.5">
        <p className="font-bold small-caps tabular-nums">
          {list.comments && plural(messages.count, list.total)}
        </p>
        {list.total > 1 && <SortLinks sort={sort} onSort={(sort) => void load(sort)} />}
      </div>
      {comments?.length === 0 && <p>{messages.empty}</p>}
      {comments?.map((comment) => {
        const { id } = comment
        const kind = forms.kindAt(id)
        return (
          <Item
            key={id}
            comment={comment}
            language={language}
            closed={closed}
            now={now}
            unfolds={focused?.id === id && posted.some((comment) => comment.id === id)}
            isStart={start === id}
            refusal={refusedVote?.comment === id ? refusedVote.message : undefined}
            onAct={(kind) => forms.open(id, kind)}
          >
            {/* It is there before its text, so that screen readers read that out. */}
            {(forms.isTouched(id) || reported === id) && (
              <p role="status" className="font-sans text-base font-semibold empty:hidden">
                {reported === id && actionMessages.reported}
              </p>
            )}
            {kind && (
              <CommentActions
                comment={comment}
                kind={kind}
                server={forms.isFromServer(id) ? supplies : undefined}
                focus={forms.isTouched(id)}
                onDone={(result, announcement) => {
                  dispatch({ type: 'put', comment: result })
                  forms.close(id)
                  setAnnouncement(announcement)
                }}
                onReported={() => {
                  closeForm(id, null)
                  setReported(id)
                }}
                // The link that opened it gets the focus back.
                onCancel={() => closeForm(id, document.querySelector(`[href$="#${kind}-${id}"]`))}
              />
            )}
          </Item>
        )
      })}
      {list.loading && <Loading />}
      {list.failed && <Failure reason={list.failed} />}
      {list.next && !list.loading && (
        <MoreLink
          key={list.next}
          sort={sort}
          after={list.next}
          onMore={(after) => void showMore(after)}
        />
      )}
    </>
  )
}

/**
 * Tells of comments that have come since the list was shown. It has no height: it lies between the form
 * and the list, then over the list, and moves nothing.
 *
 * @param isIncomplete whether more has come than `count` says, so that the list has to be loaded anew
 */
function NewComments({
  count,
  isIncomplete,
  onShow,
  onReload,
}: {
  count: number
  isIncomplete: boolean
  onShow: () => void
  onReload: () => void
}) {
  return (
    <p role="status" className="sticky top-3 z-10 h-0 text-center">
      {(count > 0 || isIncomplete) && (
        <button
          type="button"
          onClick={isIncomplete ? onReload : onShow}
          className="notice min-h-touch -translate-y-[0.125rem] border border-ink bg-paper px-1 font-sans text-sm font-semibold hover:bg-ink hover:text-paper"
        >
          {isIncomplete ? messages.anyNew : plural(messages.new, count)}
        </button>
      )}
    </p>
  )
}

/** Says why the list cannot be loaded, and where else the comments are. */
function Failure({ reason }: { reason: string }) {
  return (
    <div role="alert" className="font-sans text-base">
      <p>{reason}</p>
      <p>
        <a href="/comments">{messages.ownPage}</a>
      </p>
    </div>
  )
}

/** Loads the next comments below the list; without script it leads to a page of them. */
function MoreLink({
  sort,
  after,
  onMore,
}: {
  sort: Sort
  after: string
  onMore: (after: string) => void
}) {
  return (
    <a
      href={`/comments?${sort === 'newest' ? '' : `sort=${sort}&`}after=${after}`}
      onClick={(event) => {
        event.preventDefault()
        onMore(after)
      }}
      className="mt-1 flex min-h-button w-fit items-center border border-ink px-1.5 font-sans text-base font-semibold no-underline"
    >
      {sort === 'newest' ? messages.older : messages.others}
    </a>
  )
}
