import { formatMoment } from '#lib/i18n/dates.ts'
import { plural, uiLanguage } from '#lib/i18n/messages.ts'
import type { AuditEntry, Decision } from '#lib/moderation/moderation.ts'
import moderationMessages from '#messages/desk.json' with { type: 'json' }
import messages from '#messages/desk-queue.json' with { type: 'json' }

const LAST = {
  approve: messages.lastApprove,
  refuse: messages.lastRefuse,
  delete: messages.lastDelete,
  restore: messages.lastRestore,
}

/** Offers to undo what the moderator decided last. */
export function UndoLast({ entries }: { entries: AuditEntry[] }) {
  const [first] = entries
  if (!first) return null
  return (
    <form
      method="post"
      action="/api/moderation/undo"
      className="mt-1 flex flex-wrap items-center gap-x-1"
    >
      <input type="hidden" name="batch" value={first.batch} />
      <p role="status" className="small-print">
        {plural(LAST[first.action as Decision], entries.length, {
          moment: formatMoment(first.at, uiLanguage),
        })}
      </p>
      {entries.some(({ undoable }) => undoable) && (
        <button data-undo className="press">
          {moderationMessages.undo}
        </button>
      )}
    </form>
  )
}
