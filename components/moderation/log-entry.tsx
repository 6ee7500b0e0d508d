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
import times from '#messages/desk-comment.json' with { type: 'json' }
import desk from '#messages/desk.json' with { type: 'json' }
import words from '#messages/desk-log.json' with { type: 'json' }
import statuses from '#messages/desk-sentences.json' with { type: 'json' }

/** What a moderator did, and the way to take it back. */
export function LogEntry({ act }: { act: AuditEntry }) {
  return (
    <li className="flex flex-wrap items-center gap-x-1 border-t border-rule py-0.5 font-sans text-base first:border-t-0">
      <p className="grow wrap-anywhere">
        {act.undone ? (
          <Message text={words.undone} line={<Sentence act={act} />} />
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
          <button className="press">{desk.undo}</button>
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
              <Message text={words.comment} name={<bdi>{act.name}</bdi>} />
            ) : (
              words.aComment
            )}
          </a>
        ) : (
          words.aComment
        )
      }
      {...details}
    />
  )
}

/** The act's message, with what the store has noted of it in its places. */
function describe({
  action: act,
  detail,
  after,
}: AuditEntry): { text: string } & Record<string, ReactNode> {
  switch (act) {
    case 'undo':
      return {
        text: words.undo,
        decision: desk[detail as Decision],
        status: after && statuses[after],
      }
    case 'ban': {
      const [kind, time] = detail.split(', ') as [BanKind, BanTime]
      return { text: kind === 'reader' ? words.banReader : words.banNetwork, time: times[time] }
    }
    case 'unban':
      return { text: detail === 'reader' ? words.unbanReader : words.unbanNetwork }
    case 'comments':
      return { text: words.comments, state: words[detail as CommentState] }
    case 'words':
      return { text: words.words, words: <bdi>{detail}</bdi> }
    case 'erase': {
      const [comments, votes] = (detail.match(/\d+/g) ?? []).map((count) => formatNumber(+count))
      return { text: words.erase, comments, votes }
    }
    default:
      return { text: words[act] }
  }
}
