import { ModerationLayout } from '#components/moderation/moderation-layout.tsx'
import { QueueItem } from '#components/moderation/queue-item.tsx'
import type { CommentReview, ModerationPage } from '#lib/moderation/moderation-pages.ts'
import { newUuid } from '#lib/browser/uuid.ts'
import messages from '#messages/desk-comment.json' with { type: 'json' }

/** Shows one comment with everything that a moderator can do. */
export function ReviewPage(page: ModerationPage<CommentReview>) {
  return (
    <ModerationLayout page={page}>
      {(item) =>
        item ? (
          <QueueItem alone item={item} replyKey={newUuid()} rejected={page.rejected} />
        ) : (
          <p className="mt-1.5">{messages.none}</p>
        )
      }
    </ModerationLayout>
  )
}
