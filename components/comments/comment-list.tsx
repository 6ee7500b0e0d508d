'use client'

import { useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { CancelLink } from '#components/comments/cancel-link.tsx'
import { CommentItemContext } from '#components/comments/comment-item.tsx'
import { DeleteForm } from '#components/comments/delete-form.tsx'
import { EditForm } from '#components/comments/edit-form.tsx'
import { Message } from '#components/ui/message.tsx'
import { Loading } from '#components/ui/loading.tsx'
import { ModerationResults } from '#components/comments/moderation-results.tsx'
import { ReplyForm } from '#components/comments/reply-form.tsx'
import { ReportForm } from '#components/comments/report-form.tsx'
import { SortLinks } from '#components/comments/sort-links.tsx'
import { useCommentList } from '#components/comments/use-comment-list.ts'
import type { Comment } from '#lib/comments/comment.ts'
import type { CommentsProps } from '#lib/comments/comments-page.ts'
import { draftedReplies } from '#lib/browser/drafts.ts'
import { plural } from '#lib/i18n/messages.ts'
import type { FormKind, OpenForm } from '#lib/rejected-form.ts'
import acts from '#messages/comment-acts.json' with { type: 'json' }
import form from '#messages/comments.json' with { type: 'json' }
import words from '#messages/conversation.json' with { type: 'json' }

export type CommentListProps = Omit<CommentsProps, 'form'>

/**
 * The comments in their order, with what can be done to each.
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
  reported,
  refusedVote,
  posted,
}: CommentListProps & { posted: Comment[] }) {
  const { own, waiting, stale, fresh, tell, ...conversation } = useCommentList(
    initial,
    firstSort,
    start,
    posted,
    madeAt,
  )
  const {
    closed = wasClosed,
    sort,
    comments = own.length > 0 ? own : undefined,
    total,
    next,
    outcomes,
    loading,
    failed,
    load,
  } = conversation
  const [now] = useState(() => madeAt ?? Date.now())
  const [announcement, setAnnouncement] = useState('')
  const [thanked, setThanked] = useState(reported)
  const forms = useForms(opened)
  const Item = useContext(CommentItemContext)
  const isThere = comments !== undefined
  useEffect(() => {
    if (fresh && isThere) document.getElementById(`comment-${fresh.id}`)?.focus()
  }, [fresh, isThere])

  const showMore = async () => {
    setAnnouncement('')
    const answer = await load(sort, { after: next! })
    const more = answer.filter(({ id }) => !comments?.some((comment) => comment.id === id))
    if (more.length === 0) return
    setAnnouncement(plural(words.more, more.length))
  }
  const showAll = async () => {
    const [first] = await load(sort)
    if (first) tell({ act: 'return', id: first.id })
  }
  const put = (comment: Comment, announcement: string) => {
    tell({ act: 'put', comment })
    forms.close(comment.id)
    setAnnouncement(announcement)
  }
  const formAt = (comment: Comment, act: FormKind) => {
    const isOpened = forms.isFirst(comment.id)
    const close = () => {
      forms.close(comment.id)
      tell({ act: 'return', id: comment.id })
    }
    const common = {
      comment,
      cancel: <CancelLink comment={comment.id} onCancel={close} />,
      // One that was begun at another visit opens by itself, and moves nobody there.
      focus: forms.isAsked(comment.id),
    }
    const given = isOpened ? supplies : undefined
    const refused = isOpened ? supplies?.refused : undefined
    switch (act) {
      case 'reply':
        return (
          <ReplyForm
            {...given}
            {...common}
            onPosted={(reply) => {
              forms.close(comment.id)
              put(reply, reply.status === 'held' ? form.held : acts.replyPosted)
            }}
          />
        )
      case 'edit':
        return (
          <EditForm
            {...given}
            {...common}
            onChanged={(changed) =>
              put(changed, changed.status === 'held' ? form.held : acts.saved)
            }
          />
        )
      case 'delete':
        return (
          <DeleteForm
            {...common}
            message={refused?.message}
            onDeleted={() =>
              put({ ...comment, status: 'deleted', name: '', text: '', body: [] }, acts.deleted)
            }
          />
        )
      case 'report':
        return (
          <ReportForm
            {...common}
            message={refused?.message}
            values={refused?.values}
            token={isOpened ? supplies?.token : undefined}
            onReported={() => {
              close()
              setThanked(comment.id)
            }}
          />
        )
    }
  }

  return (
    <>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {closed && !wasClosed && <p>{form.closed}</p>}
      <ModerationResults outcomes={outcomes} />
      {/* Without height: it lies between the form and the list, then over the list, and moves nothing. */}
      <p role="status" className="sticky top-3 z-10 h-0 text-center">
        {(waiting.length > 0 || stale) && (
          <button
            type="button"
            onClick={() => (stale ? void showAll() : tell({ act: 'show' }))}
            className="notice min-h-[2.75rem] -translate-y-[0.125rem] border border-ink bg-paper px-1 font-sans text-sm font-semibold hover:bg-ink hover:text-paper"
          >
            {stale ? words.anyNew : plural(words.new, waiting.length)}
          </button>
        )}
      </p>
      <div className="mt-2 flex min-h-[2.75rem] flex-wrap items-center justify-between gap-x-1.5">
        <p className="font-bold small-caps tabular-nums">
          {conversation.comments && plural(words.count, total)}
        </p>
        {total > 1 && <SortLinks sort={sort} onSort={(sort) => void load(sort)} />}
      </div>
      {comments?.length === 0 && <p>{words.empty}</p>}
      {comments?.map((comment) => (
        <Item
          key={comment.id}
          comment={comment}
          language={language}
          closed={closed}
          now={now}
          fresh={posted.some(({ id }) => id === comment.id) && fresh?.id === comment.id}
          refusal={refusedVote?.comment === comment.id ? refusedVote.message : undefined}
          onAct={(act) => forms.open(comment.id, act)}
        >
          {/* There before its words, so that these are read out. */}
          {(forms.isAsked(comment.id) || thanked === comment.id) && (
            <p role="status" className="font-sans text-base font-semibold empty:hidden">
              {thanked === comment.id && acts.reported}
            </p>
          )}
          {forms.at(comment.id) && formAt(comment, forms.at(comment.id)!)}
        </Item>
      ))}
      {loading && <Loading />}
      {failed && (
        <p role="alert" className="font-sans text-base">
          <Message
            text={words.failed}
            reason={failed}
            page={<a href="/comments">{words.ownPage}</a>}
          />
        </p>
      )}
      {next && !loading && (
        <a
          key={next}
          href={`/comments?${sort === 'newest' ? '' : `sort=${sort}&`}after=${next}`}
          onClick={(event) => {
            event.preventDefault()
            void showMore()
          }}
          className="mt-1 flex min-h-[3rem] w-fit items-center border border-ink px-1.5 font-sans text-base font-semibold no-underline"
        >
          {sort === 'newest' ? words.older : words.others}
        </a>
      )}
    </>
  )
}

/** Which form stands open at which comment: where a reply was begun, its form does. */
function useForms(opened: OpenForm | undefined) {
  const [acts, setActs] = useState<Record<string, FormKind | undefined>>({})
  // As it was when the page was opened: another tab may begin one meanwhile.
  const [readDrafted] = useState(() => {
    let drafted: string | undefined
    return () => (drafted ??= draftedReplies())
  })
  const drafted = useSyncExternalStore(noChange, readDrafted, () => '')
  /** The form that the server opened, until it is closed. */
  const isFirst = (id: string) => opened?.id === id && !(id in acts)
  return {
    isFirst,
    isAsked: (id: string) => id in acts,
    at: (id: string) =>
      id in acts
        ? acts[id]
        : isFirst(id)
          ? opened!.act
          : drafted.includes(id)
            ? 'reply'
            : undefined,
    open: (id: string, act: FormKind) => setActs((before) => ({ ...before, [id]: act })),
    close: (id: string) => setActs((before) => ({ ...before, [id]: undefined })),
  }
}

const noChange = () => () => {}
