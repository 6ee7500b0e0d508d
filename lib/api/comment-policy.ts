import { loadContent } from '#lib/story/content.ts'
import type { Screening } from '#lib/comments/screening.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'

/** The publisher's rules for comments, and the author, whose name nobody else may take. */
export type CommentPolicy = Screening & { author: string }

let articlePolicy: Promise<CommentPolicy> | undefined

/**
 * Reads the rules that hold for comments now. Those in the article are read once a process, or each time in
 * development; those that moderators set are read each time, so that they hold in every process at once.
 */
export async function getCommentPolicy(): Promise<CommentPolicy> {
  const isBuilt = process.env.NODE_ENV === 'production'
  const fromArticle = await (isBuilt ? (articlePolicy ??= readArticle()) : readArticle())
  const { comments, heldWords } = await (await getStore()).readModerationSettings()
  return {
    ...fromArticle,
    comments: comments === 'article' ? fromArticle.comments : comments,
    heldWords: [...fromArticle.heldWords, ...heldWords],
  }
}

async function readArticle(): Promise<CommentPolicy> {
  const { article } = await loadContent()
  const { PROOF_OF_WORK, COMMENT_LINKS } = getSettings()
  const { comments, heldWords, author } = article
  return { comments, heldWords, author, proofOfWork: PROOF_OF_WORK, commentLinks: COMMENT_LINKS }
}
