import { adviseOnArticle, adviseOnText } from '#lib/story/lint-text.ts'
import { ContentError, loadContent } from '#lib/story/content.ts'
import { adviseOnPictures } from '#lib/story/lint-pictures.ts'

/**
 * Reads the story as an editor would: what to do better, a finding a line, such as
 * `content/article.md:12: …; remedy`.
 *
 * @throws {ContentError} where something is wrong that stops a build.
 */
export async function reviewContent(folder?: string, publicFolder?: string): Promise<string[]> {
  const content = await loadContent(folder, publicFolder)
  const { article, files } = content
  const { errors, advice } = await adviseOnPictures(content, publicFolder)
  if (errors.length > 0) throw new ContentError(errors)
  const anchors = article.sections.map(({ id }) => id)
  return [
    ...adviseOnArticle(article, files.article),
    ...adviseOnText(files.author, article.language, anchors),
    ...advice,
  ]
}

/** The same for who writes the story in `next dev`, and what would stop a build; nothing for readers. */
export async function reviewWhileWriting(): Promise<{ advice: string[]; problems: string[] }> {
  if (process.env.NODE_ENV !== 'development') return { advice: [], problems: [] }
  try {
    return { advice: await reviewContent(), problems: [] }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return { advice: [], problems: error.problems }
  }
}
