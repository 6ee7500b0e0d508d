import type { ReactNode } from 'react'
import { Message } from '#components/ui/message.tsx'
import { formatMoment } from '#lib/i18n/dates.ts'
import { formatNumber, uiLanguage } from '#lib/i18n/messages.ts'
import type {
  AuditEntry,
  BanKind,
  BanTime,
  CommentState,
  Decision,
} from '#lib/moderation/moderation.ts'
import commentMessages from '#messages/desk-comment.json' with { type: 'json' }
import moderationMessages from '#messages/desk.json' with { type: 'json' }
import messages from '#messages/desk-log.json' with { type: 'json' }
import statusMessages from '#messages/desk-sentences.json' with { type: 'json' }

/** Shows what a moderator did, with a button to undo it where that is possible. */
export function LogEntry({ act }: { act: AuditEntry }) {
  return (
    <li className="flex flex-wrap items-center gap-x-1 border-t border-rule py-0.5 font-sans text-base first:border-t-0">
      <p className="grow wrap-anywhere">
        {act.undone ? (
          <Message text={messages.undone} line={<Sentence act={act} />} />
        ) : (
          <Sentence act={act} />
        )}
        <br />
        <time dateTime={new Date(act.at).toISOString()} className="small-print">
          {formatMoment(act.at, uiLanguage)}
        </time>
      </p>
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

function Sentence({ act }: { act: AuditEntry }) {
  const { text, ...details } = describe(act)
  return (
    <Message
      text={text}
      moderator={<bdi className="font-semibold">{act.moderator}</bdi>}
      comment={
        act.comment ? (
          <a href={`/moderation/comment?id=${act.comment}`}>
            {act.name ? (
              <Message text={messages.comment} name={<bdi>{act.name}</bdi>} />
            ) : (
              messages.aComment
            )}
          </a>
        ) : (
          messages.aComment
        )
      }
      {...details}
    />
  )
}

/** Returns the message for an entry, with what the store has noted for the names in its braces. */
function describe({
  action: act,
  detail,
  after,
}: AuditEntry): { text: string } & Record<string, ReactNode> {
  switch (act) {
    case 'undo':
      return {
        text: messages.undo,
        decision: moderationMessages[detail as Decision],
        status: after && statusMessages[after],
      }
    case 'ban': {
      const [kind, time] = detail.split(', ') as [BanKind, BanTime]
      return {
        text: kind === 'reader' ? messages.banReader : messages.banNetwork,
        time: commentMessages[time],
      }
    }
    case 'unban':
      return { text: detail === 'reader' ? messages.unbanReader : messages.unbanNetwork }
    case 'comments':
      return { text: messages.comments, state: messages[detail as CommentState] }
    case 'words':
      return { text: messages.words, words: <bdi>{detail}</bdi> }
    case 'erase': {
      const [comments, votes] = (detail.match(/\d+/g) ?? []).map((count) => formatNumber(+count))
      return { text: messages.erase, comments, votes }
    }
    default:
      return { text: messages[act] }
  }
}
