import type { ReactNode } from 'react'
import { CommentText } from '#components/comments/comment-text.tsx'
import { BanForm } from '#components/moderation/ban-form.tsx'
import { EraseForm } from '#components/moderation/erase-form.tsx'
import { OtherComments } from '#components/moderation/other-comments.tsx'
import { AuthorReplyForm } from '#components/moderation/author-reply-form.tsx'
import { Message } from '#components/ui/message.tsx'
import { permalink, type ReportReason } from '#lib/comments/comment.ts'
import { formatMoment } from '#lib/i18n/dates.ts'
import { reasonSentence } from '#lib/moderation/moderation-messages.ts'
import { fill, plural, uiLanguage } from '#lib/i18n/messages.ts'
import type { BanKind, Decision, ModeratedComment } from '#lib/moderation/moderation.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'
import commentMessages from '#messages/conversation.json' with { type: 'json' }
import moderationMessages from '#messages/desk.json' with { type: 'json' }
import messages from '#messages/desk-comment.json' with { type: 'json' }
import statusMessages from '#messages/desk-sentences.json' with { type: 'json' }

/** Comments of fewer characters are short enough not to scroll. */
const LONG = 600

/** The id of the form that decides on all selected comments of the queue. */
export const BULK_FORM = 'decide-on-many'

/**
 * Shows a comment to moderators: why it is here, what it says, and what can be done.
 *
 * @param after the page of the queue to return to: the id of the comment before it
 * @param alone whether it has a page of its own, where everything that can be done is open
 * @param replyKey a UUID for the author’s reply
 */
export function QueueItem({
  item,
  after,
  alone,
  replyKey,
  rejected,
}: {
  item: ModeratedComment
  after?: string | undefined
  alone?: boolean
  replyKey: string
  rejected?: RejectedForm | undefined
}) {
  const { comment, version, reason, reports, banned } = item
  const { id, name, status, parent } = comment
  const isEmpty = comment.text === ''
  const isShown = status === 'published'
  return (
    <article
      id={`comment-${id}`}
      tabIndex={-1}
      aria-labelledby={`comment-${id}-name`}
      className="border-t border-rule py-1.5 wrap-anywhere first:border-t-0"
    >
      <header className="flex flex-wrap items-baseline gap-x-1">
        {!alone && (
          <label className="-mx-[0.75rem] reach text-center">
            <input
              type="checkbox"
              form={BULK_FORM}
              name={`comment-${id}`}
              value={version}
              aria-label={fill(messages.choose, { name })}
              className="align-[-0.25rem]"
            />
          </label>
        )}
        <h2 id={`comment-${id}-name`} className="font-bold" dir="auto">
          {isEmpty ? messages.deleted : name}
        </h2>
        {comment.byAuthor && (
          <strong className="font-sans text-sm">{commentMessages.author}</strong>
        )}
        <a href={`/moderation/comment?id=${id}`} className="small-print reach">
          <time dateTime={new Date(comment.createdAt).toISOString()}>
            {formatMoment(comment.createdAt, uiLanguage)}
          </time>
        </a>
        <span className="small-print">{statusMessages[status]}</span>
        {comment.editedAt !== null && <span className="small-print">{messages.edited}</span>}
        {isShown && (
          <a href={permalink(id)} className="small-print reach">
            {messages.place}
          </a>
        )}
      </header>
      {parent && (
        <p className="small-print">
          <a href={`/moderation/comment?id=${parent.id}`}>
            {parent.name ? (
              <Message text={messages.replyTo} name={<bdi>{parent.name}</bdi>} />
            ) : (
              messages.replyToUnnamed
            )}
          </a>
        </p>
      )}
      <Reasons reason={status === 'held' ? reason : undefined} reports={reports} />
      {isEmpty ? (
        <p className="mt-1 text-soft italic">
          {item.erased ? messages.erased : messages.nothingLeft}
        </p>
      ) : (
        <div
          className={`comment-text mt-1 ${alone ? '' : 'max-h-[18lh] overflow-y-auto'}`}
          dir="auto"
          // What scrolls has to be reachable by keyboard: https://www.w3.org/TR/WCAG22/#keyboard
          tabIndex={alone || comment.text.length < LONG ? undefined : 0}
        >
          <CommentText nodes={comment.body} />
        </div>
      )}
      {(Object.entries(banned) as [BanKind, number | null][]).map(
        ([kind, until]) =>
          until !== null && (
            <p key={kind} className="mt-1 font-sans text-base font-semibold">
              {fill(messages[`${kind}Banned`], { moment: formatMoment(until, uiLanguage) })}
            </p>
          ),
      )}
      {!isEmpty && (
        <form
          method="post"
          action="/api/moderation/decisions"
          className="mt-1 flex flex-wrap gap-0.5"
        >
          <input type="hidden" name={`comment-${id}`} value={version} />
          {alone && <input type="hidden" name="at" value={id} />}
          {after && <input type="hidden" name="after" value={after} />}
          {decisionsOn(item).map((decision, index) => (
            <button
              key={decision}
              name="act"
              value={decision}
              className={index === 0 ? 'press press-first' : 'press'}
            >
              {moderationMessages[decision]}
            </button>
          ))}
        </form>
      )}
      {!item.erased && (
        <>
          <OtherComments item={item} alone={alone} />
          <More title={messages.ban} open={alone}>
            <BanForm item={item} />
          </More>
        </>
      )}
      {!isEmpty && (
        <More title={messages.erase} open={alone}>
          <EraseForm comment={id} />
        </More>
      )}
      {isShown && (
        <More title={messages.replyAsAuthor} open={alone}>
          <AuthorReplyForm parent={id} formKey={replyKey} rejected={rejected} />
        </More>
      )}
    </article>
  )
}

/**
 * Returns the possible decisions, the likeliest first. A published comment that was reported can be approved
 * again.
 */
function decisionsOn({ comment: { status }, reports }: ModeratedComment): Decision[] {
  switch (status) {
    case 'held':
      return ['approve', 'refuse', 'delete']
    case 'published':
      return reports.length > 0 ? ['approve', 'refuse', 'delete'] : ['refuse', 'delete']
    case 'refused':
      return ['restore', 'delete']
    case 'deleted':
      return ['restore']
  }
}

function Reasons({
  reason,
  reports,
}: {
  reason: string | null | undefined
  reports: ModeratedComment['reports']
}) {
  const count = reports.reduce((sum, report) => sum + report.count, 0)
  const kinds = reports.map(({ reason, count }) =>
    fill(messages.reportedAs, { reason: messages[reason as ReportReason] ?? reason, count }),
  )
  return (
    <>
      {reason !== undefined && (
        <p className="mt-hair font-sans text-base font-semibold">{reasonSentence(reason)}</p>
      )}
      {count > 0 && (
        <div className="mt-hair font-sans text-base">
          <p className="font-semibold">
            {plural(messages.reported, count, {
              reasons: new Intl.ListFormat(uiLanguage).format(kinds),
            })}
          </p>
          <ul>
            {reports.flatMap(({ reason, notes }) =>
              notes.map((note, index) => (
                <li key={`${reason} ${index}`} className="border-s-2 border-rule ps-1" dir="auto">
                  {note}
                </li>
              )),
            )}
          </ul>
        </div>
      )}
    </>
  )
}

function More({
  title,
  open,
  children,
}: {
  title: string
  open: boolean | undefined
  children: ReactNode
}) {
  return (
    <details open={open} className="mt-0.5">
      <summary className="small-print cursor-pointer py-[0.671875rem]">{title}</summary>
      {children}
    </details>
  )
}
