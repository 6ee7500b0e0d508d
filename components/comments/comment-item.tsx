'use client'

import { type ComponentType, createContext, type ReactNode } from 'react'
import { CommentText } from '#components/comments/comment-text.tsx'
import { CommentVotes } from '#components/votes/comment-votes.tsx'
import { Message } from '#components/ui/message.tsx'
import { type Comment, EDIT_WINDOW, permalink } from '#lib/comments/comment.ts'
import { formatAge, formatMoment } from '#lib/i18n/dates.ts'
import type { FormKind } from '#lib/rejected-form.ts'
import messages from '#messages/conversation.json' with { type: 'json' }

const PLACES = {
  published: '',
  held: messages.heldPlace,
  refused: messages.refusedPlace,
  deleted: messages.deletedPlace,
}

/**
 * Most characters of a syntax tree whose text is never longer than the lines that are shown of it, in any
 * script on the smallest screen. Whether a longer one is, the style finds out.
 */
const SHORT = 240

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
  /** Whether the reader came for it, and is shown all of it. */
  isStart?: boolean | undefined
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
  isStart,
  refusal,
  onAct,
  children,
}: CommentItemProps) {
  const { id, parent, depth, name, createdAt, editedAt, status, mine } = comment
  const isLong = JSON.stringify(comment.body).length > SHORT
  const link = (kind: FormKind) => (
    <a
      href={`/comments?page=${id}&act=${kind}#${kind}-${id}`}
      onClick={(event) => {
        event.preventDefault()
        onAct(kind)
      }}
    >
      <span aria-hidden>{messages[kind]}</span>
      <span className="sr-only">
        <Message text={messages[`${kind}Of`]} name={<bdi>{name}</bdi>} />
      </span>
    </a>
  )
  const text = (
    <div className="comment-text" dir="auto">
      <CommentText nodes={comment.body} />
    </div>
  )
  return (
    // A page has fifty comments: their common style is in `app/styles/comments.css`.
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
        {comment.byAuthor && <strong>{messages.author}</strong>}
        {parent?.name && (
          <a href={permalink(parent.id)}>
            <Message text={messages.to} name={<bdi>{parent.name}</bdi>} />
          </a>
        )}
        {name && editedAt !== null && <span>{messages.edited}</span>}
        {/* Last, and never narrower than the longest of its kind: it grows while it is read. */}
        <a href={permalink(id)}>
          <time
            dateTime={new Date(createdAt).toISOString()}
            title={formatMoment(createdAt, language)}
          >
            {formatAge(createdAt, now, language)}
          </time>
        </a>
      </header>
      {name && status !== 'published' && (
        <p className="font-sans text-sm font-semibold">
          {status === 'held' ? messages.heldOwn : messages.refusedOwn}
        </p>
      )}
      {isLong ? (
        <div className="fold">
          <div>
            {text}
            <details open={isStart}>
              <summary>{messages.whole}</summary>
            </details>
          </div>
        </div>
      ) : (
        text
      )}
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
