import type { ReportReason } from '#lib/comments/comment.ts'
import { reasonSentence } from '#lib/moderation/moderation-messages.ts'
import { feedId } from '#lib/feeds/feed.ts'
import { makeAtomFeed } from '#lib/feeds/atom.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import type { PendingComment } from '#lib/store/index.ts'
import { loadContent } from '#lib/story/content.ts'
import reportMessages from '#messages/desk-comment.json' with { type: 'json' }
import messages from '#messages/moderators-feed.json' with { type: 'json' }

/** Most comments in the feed. */
export const MAX_ENTRIES = 100

/** Makes an Atom feed of comments to review for moderators, with their text as it was written. */
export async function makeModerationFeed(
  origin: string,
  comments: PendingComment[],
): Promise<string> {
  const { article } = await loadContent()
  return makeAtomFeed({
    id: feedId(origin, '/moderation.atom', messages.title),
    title: messages.title,
    url: `${origin}/moderation`,
    language: uiLanguage,
    startedAt: Date.parse(article.date),
    entries: comments.map((comment) => ({
      id: comment.id,
      title: titleOf(comment),
      url: `${origin}/moderation/comment?id=${comment.id}`,
      author: comment.name,
      publishedAt: comment.createdAt,
      updatedAt: comment.pendingSince,
      content: { text: comment.text },
    })),
  })
}

/** Says why a comment waits, such as "Ann – It contains a word from the word list. Reported: spam and abuse." */
function titleOf({ name, holdReason, reportReasons }: PendingComment): string {
  const kinds = reportReasons.map((kind) => reportMessages[kind as ReportReason] ?? kind)
  const reasons = new Intl.ListFormat(uiLanguage).format(kinds)
  if (holdReason === null) return fill(messages.reported, { name, reasons })
  const reason = reasonSentence(holdReason)
  return fill(kinds.length > 0 ? messages.heldAndReported : messages.held, {
    name,
    reason,
    reasons,
  })
}
