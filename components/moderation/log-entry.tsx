import type { ReactNode } from 'react'
import { Message } from '#components/ui/message.tsx'
import { formatMoment } from '#lib/i18n/dates.ts'
import { plural, uiLanguage } from '#lib/i18n/messages.ts'
import {
  type AuditEntry,
  BAN_TIMES,
  type BanKind,
  type BanTime,
  type CommentState,
  type Decision,
} from '#lib/moderation/moderation.ts'
import moderationMessages from '#messages/desk.json' with { type: 'json' }
import messages from '#messages/desk-log.json' with { type: 'json' }

/** Shows what a moderator did, with a button to undo it where that is possible. */
export function LogEntry({ act }: { act: AuditEntry }) {
  const { text, ...details } = describe(act)
  return (
    <li className="flex flex-wrap items-center gap-x-1 border-t border-rule py-0.5 font-sans text-base first:border-t-0">
      <div className="grow wrap-anywhere">
        <p>
          <Message
            text={text}
            moderator={<bdi className="font-semibold">{act.moderator}</bdi>}
            {...details}
          />
        </p>
        <p className="small-print flex flex-wrap gap-x-1">
          {act.comment && (
            <a href={`/moderation/comment?id=${act.comment}`} className="reach">
              {act.name ? (
                <Message text={messages.commentBy} name={<bdi>{act.name}</bdi>} />
              ) : (
                messages.deletedComment
              )}
            </a>
          )}
          <time dateTime={new Date(act.at).toISOString()}>{formatMoment(act.at, uiLanguage)}</time>
          {act.undone && <strong>{messages.undone}</strong>}
        </p>
      </div>
      {act.undoable && (
        <form method="post" action="/api/moderation/undo">
          <input type="hidden" name="batch" value={act.batch} />
          <input type="hidden" name="from" value="log" />
          <button className="press">{moderationMessages.undo}</button>
        </form>
      )}
    </li>
  )
}

const UNDONE = {
  approve: messages.undoApprove,
  refuse: messages.undoRefuse,
  delete: messages.undoDelete,
  restore: messages.undoRestore,
}
const STATES = {
  article: messages.commentsArticle,
  open: messages.commentsOpen,
  held: messages.commentsHeld,
  closed: messages.commentsClosed,
}

/** Returns the message for an entry, with what the store has noted for the names in its braces. */
function describe({
  action,
  at,
  detail,
}: AuditEntry): { text: string } & Record<string, ReactNode> {
  switch (action) {
    case 'undo':
      return { text: UNDONE[detail as Decision] }
    case 'ban': {
      const [kind, time] = detail.split(', ') as [BanKind, BanTime]
      return {
        text: kind === 'reader' ? messages.banReader : messages.banNetwork,
        moment: formatMoment(at + BAN_TIMES[time], uiLanguage),
      }
    }
    case 'unban':
      return { text: detail === 'reader' ? messages.unbanReader : messages.unbanNetwork }
    case 'comments':
      return { text: STATES[detail as CommentState] }
    case 'words':
      return { text: messages.words, words: <Words changes={wordChanges(detail)} /> }
    case 'erase': {
      // Older entries have an English sentence, with the same numbers in the same order.
      const [comments = 0, votes = 0] = (detail.match(/\d+/g) ?? []).map(Number)
      return {
        text: messages.erase,
        comments: plural(messages.erasedComments, comments),
        votes: plural(messages.erasedVotes, votes),
      }
    }
    default:
      return { text: messages[action] }
  }
}

/** Returns the words that were added and removed, each behind its sign: one a line, in older entries by commas. */
function wordChanges(detail: string): string[] {
  return detail.split(/\n|, (?=[+−] )/)
}

function Words({ changes }: { changes: string[] }) {
  return new Intl.ListFormat(uiLanguage, { type: 'unit' })
    .formatToParts(changes)
    .map(({ type, value }, index) => (type === 'element' ? <bdi key={index}>{value}</bdi> : value))
}
