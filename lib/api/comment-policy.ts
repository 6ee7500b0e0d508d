import { partsOf } from '#lib/comments/look-alikes.ts'
import type { Screening } from '#lib/comments/screening.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { getStore } from '#lib/store/index.ts'
import { loadContent } from '#lib/story/content.ts'
import messages from '#messages/reserved-names.json' with { type: 'json' }

/** The publisher's rules for comments, and the names that no reader may take. */
export type CommentPolicy = Screening & {
  author: string
  /** What names of an office or of the site itself are made of, for `isMadeOf`. */
  reservedNames: Set<string>
}

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
  const { comments, heldWords, author, title } = article
  return {
    comments,
    heldWords,
    author,
    reservedNames: new Set([...(officeParts ??= partsOf(officeNames())), ...partsOf([title])]),
    proofOfWork: PROOF_OF_WORK,
    commentLinks: COMMENT_LINKS,
  }
}

/** Made at the first comment, in some tens of milliseconds. */
let officeParts: Set<string> | undefined

/**
 * Lists the site's name and what the people who run a site are called in its language, with an article
 * and without.
 */
function officeNames(): string[] {
  const names = messages.names.split(' | ')
  return [
    SITE_NAME,
    ...names,
    ...messages.articles.split(' | ').flatMap((article) => names.map((name) => article + name)),
  ]
}
