import { formatMoment } from '#lib/dates.ts'
import type { Act } from '#lib/moderation.ts'

const WORDS: Record<Act['act'], string> = {
  approve: 'approved',
  refuse: 'refused',
  delete: 'deleted',
  restore: 'restored',
  undo: 'took back',
  ban: 'banned the',
  unban: 'lifted the ban on the',
  comments: 'set the comments to',
  words: 'changed the word list:',
  reply: 'wrote, as the author,',
  erase: 'erased a reader’s',
}

/** What a moderator did, and the way to take it back. */
export function LogLine({ act, language }: { act: Act; language: string }) {
  return (
    <li className="flex flex-wrap items-center gap-x-1 border-t border-rule py-[0.46875rem] font-sans text-base first:border-t-0">
      <p className="grow wrap-anywhere">
        <bdi className="font-semibold">{act.moderator}</bdi> {WORDS[act.act]}{' '}
        {act.detail && (
          <bdi>
            {act.detail}
            {act.comment && ': '}
          </bdi>
        )}
        {act.comment && (
          <a href={`/moderation/comment?id=${act.comment}`}>
            {act.name ? (
              <>
                the comment by <bdi>{act.name}</bdi>
              </>
            ) : (
              'a comment'
            )}
          </a>
        )}
        {act.after && act.act === 'undo' && `, ${act.after} again`}
        {act.undone && ', undone'}
        <br />
        <time dateTime={new Date(act.at).toISOString()} className="small-print">
          {formatMoment(act.at, language)}
        </time>
      </p>
      {act.undoable && (
        <form method="post" action="/api/moderation/undo">
          <input type="hidden" name="batch" value={act.batch} />
          <input type="hidden" name="from" value="log" />
          <button className="press">Undo</button>
        </form>
      )}
    </li>
  )
}
