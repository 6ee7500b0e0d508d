'use client'

import { type ComponentType, createContext, type ReactNode } from 'react'
import { CommentText } from '#components/comments/comment-text.tsx'
import { CommentVotes } from '#components/votes/comment-votes.tsx'
import { Message } from '#components/ui/message.tsx'
import { type Comment, EDIT_WINDOW, permalink } from '#lib/comments/comment.ts'
import { formatDay } from '#lib/i18n/dates.ts'
import type { FormKind } from '#lib/rejected-form.ts'
import messages from '#messages/conversation.json' with { type: 'json' }

const PLACES = {
  published: '',
  held: messages.heldPlace,
  refused: messages.refusedPlace,
  deleted: messages.deletedPlace,
}

/** Classes by the depth of a reply. They are written out: the build searches the code for them. */
const INDENTS = [undefined, 'in-1', 'in-2', 'in-3']

/** The component that shows a comment. The server replaces it with one that reuses what it has rendered. */
export const CommentItemContext = createContext<ComponentType<CommentItemProps>>(CommentItem)

export type CommentItemProps = {
  comment: Comment
  language: string
  /** Set where no more comments may be written. */
  closed?: boolean | undefined
  /** When the page was made, in UTC milliseconds. */
  now: number
  /** Whether it unfolds as it comes: the reader has just written it. */
  unfolds?: boolean | undefined
  /** Why a vote on the comment that came without script was not counted. */
  refusal?: string | undefined
  onAct: (kind: FormKind) => void
  /** The form that is open at the comment. */
  children?: ReactNode
}

/** Shows a comment: name, date (its permalink) and text, with what can be done to it. */
export function CommentItem({
  comment,
  language,
  closed,
  now,
  unfolds,
  refusal,
  onAct,
  children,
}: CommentItemProps) {
  const { id, parent, depth, name, createdAt, editedAt, status, mine } = comment
  const link = (kind: FormKind) => (
    <a
      href={`/comments?page=${id}&act=${kind}#${kind}-${id}`}
      onClick={(event) => {
        event.preventDefault()
        onAct(kind)
      }}
    >
      {messages[kind]}
      <span className="sr-only">
        <Message text={messages[`${kind}Of`]} name={<bdi>{name}</bdi>} />
      </span>
    </a>
  )
  return (
    // A page has fifty comments: their common style is in `app/globals.css`.
    <article
      id={`comment-${id}`}
      tabIndex={-1}
      aria-labelledby={`comment-${id}-name`}
      className={['comment', INDENTS[depth], unfolds && 'unfold'].filter(Boolean).join(' ')}
    >
      <header>
        <h3 id={`comment-${id}-name`} className={name ? undefined : 'gone'} dir="auto">
          {name || PLACES[status]}
        </h3>
        {comment.byAuthor && <strong className="small-caps text-accent">{messages.author}</strong>}
        <a href={permalink(id)}>
          <time dateTime={new Date(createdAt).toISOString()}>{formatDay(createdAt, language)}</time>
        </a>
        {name && editedAt !== null && (
          <span className="font-sans text-sm text-soft">{messages.edited}</span>
        )}
        {parent?.name && (
          <a href={permalink(parent.id)}>
            <Message text={messages.to} name={<bdi>{parent.name}</bdi>} />
          </a>
        )}
        {name && status !== 'published' && (
          <strong className="font-sans text-sm font-semibold text-accent">
            {status === 'held' ? messages.heldOwn : messages.refusedOwn}
          </strong>
        )}
      </header>
      <div className="comment-text" dir="auto">
        <CommentText nodes={comment.body} />
      </div>
      {name && (
        <footer>
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
