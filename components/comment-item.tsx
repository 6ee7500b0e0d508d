'use client'

import type { ReactNode } from 'react'
import { CommentText } from '#components/comment-text.tsx'
import { CommentVotes } from '#components/comment-votes.tsx'
import { Message } from '#components/message.tsx'
import { type Comment, EDIT_WINDOW, permalink } from '#lib/comments.ts'
import { formatDay } from '#lib/dates.ts'
import type { Act } from '#lib/refused-form.ts'
import words from '#messages/conversation.json' with { type: 'json' }

const INDENTS = ['', 'ms-1 sm:ms-2', 'ms-2 sm:ms-4', 'ms-3 sm:ms-6']
const PLACES = {
  published: '',
  held: words.heldPlace,
  refused: words.refusedPlace,
  deleted: words.deletedPlace,
}

/**
 * One letter: name, date (its permalink) and text, with what can be done to it.
 *
 * @param now when the page was made, in UTC milliseconds
 * @param refusal why a vote on it sent without script was not counted
 * @param children the form that stands open at it
 */
export function CommentItem({
  comment,
  language,
  closed,
  now,
  fresh,
  refusal,
  onAct,
  children,
}: {
  comment: Comment
  language: string
  /** No more may be written. */
  closed?: boolean | undefined
  now: number
  /** Just written: it unfolds. */
  fresh?: boolean | undefined
  refusal?: string | undefined
  onAct: (act: Act) => void
  children?: ReactNode
}) {
  const { id, parent, depth, name, createdAt, editedAt, status, mine } = comment
  const nameId = `comment-${id}-name`
  const link = (act: Act) => (
    <a
      href={`/comments?page=${id}&act=${act}#${act}-${id}`}
      onClick={(event) => {
        event.preventDefault()
        onAct(act)
      }}
      className="flex min-h-[2.75rem] min-w-[2.75rem] items-center px-0.5 text-soft no-underline hover:underline"
    >
      {words[act]}
      <span className="sr-only">
        <Message text={words[`${act}Of`]} name={<bdi>{name}</bdi>} />
      </span>
    </a>
  )
  return (
    <article
      id={`comment-${id}`}
      tabIndex={-1}
      aria-labelledby={nameId}
      className={`border-t border-rule pt-1 pb-0.5 wrap-anywhere outline-none target:border-t-ink ${INDENTS[depth]} ${fresh ? 'unfold' : ''}`}
    >
      <header className="flex flex-wrap items-baseline gap-x-1">
        <h3 id={nameId} className={name ? 'font-bold' : 'text-soft italic'} dir="auto">
          {name || PLACES[status]}
        </h3>
        {comment.byAuthor && <strong className="small-caps text-accent">{words.author}</strong>}
        <a
          href={permalink(id)}
          className="reach font-sans text-sm text-soft no-underline hover:underline"
        >
          <time dateTime={new Date(createdAt).toISOString()}>{formatDay(createdAt, language)}</time>
        </a>
        {name && editedAt !== null && (
          <span className="font-sans text-sm text-soft">{words.edited}</span>
        )}
        {parent?.name && (
          <a
            href={permalink(parent.id)}
            className="reach font-sans text-sm text-soft no-underline hover:underline"
          >
            <Message text={words.to} name={<bdi>{parent.name}</bdi>} />
          </a>
        )}
        {name && status !== 'published' && (
          <strong className="font-sans text-sm font-semibold text-accent">
            {status === 'held' ? words.heldOwn : words.refusedOwn}
          </strong>
        )}
      </header>
      <div className="prose prose-comment" dir="auto">
        <CommentText nodes={comment.body} />
      </div>
      {name && (
        <footer className="-ms-0.5 mt-0.5 -mb-[0.25rem] flex flex-wrap items-center font-sans text-sm">
          {status === 'published' && <CommentVotes comment={comment} refusal={refusal} />}
          {status === 'published' && !closed && link('reply')}
          {mine && status !== 'refused' && now < createdAt + EDIT_WINDOW && (
            <>
              {link('edit')}
              {link('delete')}
            </>
          )}
          {!mine && link('report')}
        </footer>
      )}
      {children}
    </article>
  )
}
