import type { Content } from '#lib/story/content.ts'
import { pictureFile } from '#lib/story/picture-files.ts'
import { inspectPicture } from '#lib/story/inspect-picture.ts'

/** Pixels that a picture is shown wide at most: above the story, in the text, and of the author. */
const SHEET_WIDTH = 992
const TEXT_WIDTH = 608
const AVATAR_WIDTH = 75
/** Larger pictures only make builds slow: no screen shows so much. */
const MAX_PIXELS = 40_000_000
const MAX_BYTES = 15_000_000

/**
 * Checks the files of all pictures.
 *
 * @returns `errors` about those that cannot be shown and `warnings` about others, each beginning with
 *   a location such as `content/article.md:12`
 */
export async function lintPictures(
  { article, author, files, picturesInText }: Content,
  publicFolder = 'public',
): Promise<{ errors: string[]; warnings: string[] }> {
  const errors: string[] = []
  const warnings: string[] = []
  const lint = async (location: string, path: string, shownWidth: number) => {
    const file = pictureFile(path, publicFolder)
    const warn = (message: string) => warnings.push(`${location}: the picture ${path} ${message}`)
    try {
      const { width, height, bytes, hasGpsPosition, isDrawing } = await inspectPicture(file)
      if (!isDrawing && width < shownWidth)
        warn(
          `is ${width} pixels wide but shown at up to ${shownWidth}; use one at least ${2 * shownWidth} wide`,
        )
      if (width * height > MAX_PIXELS || bytes > MAX_BYTES)
        warn(
          `is huge (${width} × ${height} pixels, ${Math.ceil(bytes / 1e6)} MB); save it about 4,000 pixels wide`,
        )
      if (hasGpsPosition) warn('contains the place where it was taken; remove its GPS data')
    } catch (error) {
      const reason = (error as Error).message.split('\n')[0]
      errors.push(
        `${location}: the picture ${path} cannot be read (${reason}); save it again as JPEG, PNG, WebP or AVIF`,
      )
    }
  }
  const { image } = article
  if (image) await lint(files.article.locateField(['image', 'src']), image.src, SHEET_WIDTH)
  if (author.avatar) await lint(files.author.locateField(['avatar']), author.avatar, AVATAR_WIDTH)
  // A picture within a line of text is never enlarged.
  for (const { location, path, isFigure } of picturesInText)
    await lint(location, path, isFigure ? TEXT_WIDTH : 0)
  return { errors, warnings }
}
