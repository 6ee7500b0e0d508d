import { makeFeed } from '#lib/feed.ts'
import type { Waiting } from '#lib/store/index.ts'

/** So many comments that wait are told of at once. */
export const MOST_WAITING = 100

/** The feed that tells moderators what waits, with what readers wrote as plain text. */
export function makeModeratorsFeed(origin: string, waiting: Waiting[]): string {
  return makeFeed({
    id: `${origin}/moderation.atom`,
    title: 'Comments that wait for you',
    url: `${origin}/moderation`,
    entries: waiting.map((comment) => ({
      id: comment.id,
      title: `${comment.name}: ${whyOf(comment)}`,
      url: `${origin}/moderation/comment?id=${comment.id}`,
      author: comment.name,
      publishedAt: comment.createdAt,
      updatedAt: comment.waitsSince,
      content: { text: comment.text },
    })),
  })
}

/** "held (links), reported (spam, abuse)" */
function whyOf({ held, reported }: Waiting): string {
  return [
    ...(held === null ? [] : [`held${held && ` (${held})`}`]),
    ...(reported.length === 0 ? [] : [`reported (${reported.join(', ')})`]),
  ].join(', ')
}
