import { loadContent } from '#lib/story/content.ts'
import type { Screening } from '#lib/comments/screening.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'

/** What the publisher wants of comments, and whose name nobody else may take. */
export type CommentPolicy = Screening & { author: string }

let article: Promise<CommentPolicy> | undefined

/**
 * The article's wishes are read once a process (while the site is written, each time); those set at the
 * desk hold in every process at once.
 */
export async function getCommentPolicy(): Promise<CommentPolicy> {
  const isBuilt = process.env.NODE_ENV === 'production'
  const written = await (isBuilt ? (article ??= readArticle()) : readArticle())
  const { comments, heldWords } = await (await getStore()).readModerationSettings()
  return {
    ...written,
    comments: comments === 'article' ? written.comments : comments,
    heldWords: [...written.heldWords, ...heldWords],
  }
}

async function readArticle(): Promise<CommentPolicy> {
  const { article } = await loadContent()
  const { PROOF_OF_WORK, COMMENT_LINKS } = getSettings()
  const { comments, heldWords, author } = article
  return { comments, heldWords, author, proofOfWork: PROOF_OF_WORK, commentLinks: COMMENT_LINKS }
}
