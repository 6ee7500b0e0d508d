import { Frame } from '#components/moderation/moderation-layout.tsx'
import { Item } from '#components/moderation/queue-item.tsx'
import type { CommentReview, ModerationPage } from '#lib/moderation/moderation-pages.ts'
import { newKey } from '#lib/browser/uuid.ts'
import words from '#messages/desk-comment.json' with { type: 'json' }

/** Shows one comment with all that a moderator can do. */
export function ReviewPage(page: ModerationPage<CommentReview>) {
  return (
    <Frame page={page}>
      {(item) =>
        item ? (
          <Item alone item={item} replyKey={newKey()} refused={page.refused} />
        ) : (
          <p className="mt-1.5">{words.none}</p>
        )
      }
    </Frame>
  )
}
