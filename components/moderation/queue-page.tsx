import { ModerationLayout } from '#components/moderation/moderation-layout.tsx'
import { QueueItem, BULK_FORM } from '#components/moderation/queue-item.tsx'
import { UndoLast } from '#components/moderation/undo-last.tsx'
import { QueueShortcuts } from '#components/moderation/queue-shortcuts.tsx'
import { Island } from '#components/site/island.tsx'
import { plural } from '#lib/i18n/messages.ts'
import type { DecisionQueue, ModerationPage } from '#lib/moderation/moderation-pages.ts'
import { newUuid } from '#lib/browser/uuid.ts'
import moderationMessages from '#messages/desk.json' with { type: 'json' }
import messages from '#messages/desk-queue.json' with { type: 'json' }

/** Shows the comments that wait for a decision. */
export function QueuePage(page: ModerationPage<DecisionQueue>) {
  return (
    <ModerationLayout at="queue" page={page}>
      {({ comments, pending, next, after, last }) => (
        <>
          <UndoLast entries={last} />
          <h2 className="mt-1.5 text-heading font-bold">
            {pending === 0 ? messages.nothingWaits : plural(messages.waiting, pending)}
          </h2>
          <Island name="shortcuts" of={QueueShortcuts} props={{ many: BULK_FORM }} />
          <div className="mt-1">
            {comments.map((item) => (
              <QueueItem key={item.comment.id} item={item} after={after} replyKey={newUuid()} />
            ))}
          </div>
          {comments.length > 0 && (
            <form
              id={BULK_FORM}
              method="post"
              action="/api/moderation/decisions"
              className="flex flex-wrap items-center gap-0.5 border-t border-ink bg-paper py-0.5 sm:bottom-0 sm:[main:has([form]:checked)_&]:sticky"
            >
              {after && <input type="hidden" name="after" value={after} />}
              <span className="small-print w-full sm:w-auto">{messages.allChosen}</span>
              {(['approve', 'refuse', 'delete'] as const).map((decision) => (
                <button key={decision} name="act" value={decision} className="press">
                  {moderationMessages[decision]}
                </button>
              ))}
            </form>
          )}
          <p className="mt-1.5 flex flex-wrap gap-x-1.5">
            {after && (
              <a href="/moderation" className="reach">
                {messages.oldest}
              </a>
            )}
            {next && (
              <a href={`/moderation?after=${next}`} className="reach">
                {messages.newer}
              </a>
            )}
          </p>
        </>
      )}
    </ModerationLayout>
  )
}
