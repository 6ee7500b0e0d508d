import { ContentError, loadContent } from '#lib/story/content.ts'
import { lintAddresses } from '#lib/story/lint-addresses.ts'
import { lintPictures } from '#lib/story/lint-pictures.ts'
import { lintArticle, lintText } from '#lib/story/lint-text.ts'

/**
 * Checks the story, its author and the other pages as an editor would.
 *
 * @returns a line for each warning, such as `content/article.md:12: …; what to do`
 * @throws {ContentError} where something is wrong that stops a build
 */
export async function lintContent(folder?: string, publicFolder?: string): Promise<string[]> {
  const content = await loadContent(folder, publicFolder)
  const { article, files } = content
  const { errors, warnings } = await lintPictures(content, publicFolder)
  if (errors.length > 0) throw new ContentError(errors)
  const anchors = article.sections.map(({ id }) => id)
  const texts = [files.article, files.author, ...files.pages]
  const names = content.pages.map(({ name }) => name)
  return [
    ...texts.flatMap(({ advice }) => advice),
    ...lintArticle(article, files.article),
    ...lintText(files.author, article.language, anchors),
    ...files.pages.flatMap((file) => lintText(file, article.language)),
    ...texts.flatMap((file) => lintAddresses(file, publicFolder, names)),
    ...warnings,
  ]
}

/**
 * Checks the story for pages of `next dev`; elsewhere it finds nothing.
 *
 * @returns warnings, or the problems that would stop a build
 */
export async function lintInDevelopment(): Promise<{ warnings: string[]; problems: string[] }> {
  if (process.env.NODE_ENV !== 'development') return { warnings: [], problems: [] }
  try {
    return { warnings: await lintContent(), problems: [] }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return { warnings: [], problems: error.problems }
  }
}
