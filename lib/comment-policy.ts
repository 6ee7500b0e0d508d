import { loadContent } from '#lib/content.ts'
import type { Screening } from '#lib/screening.ts'
import { getSettings } from '#lib/settings.ts'

/** What the publisher wants of comments, and whose name nobody else may take. */
export type CommentPolicy = Screening & { author: string }

let policy: Promise<CommentPolicy> | undefined

/** Read once a process; while the site is written, each time. */
export function getCommentPolicy(): Promise<CommentPolicy> {
  if (process.env.NODE_ENV === 'production') return (policy ??= readPolicy())
  return readPolicy()
}

async function readPolicy(): Promise<CommentPolicy> {
  const { article } = await loadContent()
  const { proofOfWork, commentLinks } = getSettings()
  const { comments, heldWords, author } = article
  return { comments, heldWords, author, proofOfWork, commentLinks }
}
