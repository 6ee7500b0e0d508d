import { join } from 'node:path'
import type { Content } from '#lib/story/content.ts'
import { inspectPicture } from '#lib/story/inspect-picture.ts'

/** Pixels of width: the sheet's that a picture above the story fills, and the text's. */
const SHEET = 992
const TEXT = 608
/** Above these a picture only makes the build slow: as screens show at most, with room to spare. */
const HUGE_PIXELS = 40_000_000
const HUGE_BYTES = 15_000_000

/**
 * What is wrong with the pictures themselves: `errors` where one cannot be shown, and `advice`.
 */
export async function adviseOnPictures(
  { article, author, files, pictureLines }: Content,
  publicFolder = 'public',
): Promise<{ errors: string[]; advice: string[] }> {
  const errors: string[] = []
  const advice: string[] = []
  const look = async (place: string, path: string, least: number) => {
    const file = join(/*turbopackIgnore: true*/ publicFolder, path)
    try {
      const { width, height, bytes, hasGpsPosition, isDrawing } = await inspectPicture(file)
      const say = (message: string) => advice.push(`${place}: the picture ${path} ${message}`)
      if (!isDrawing && width < least)
        say(`is ${width} pixels wide, and shown up to ${least}; take one of ${2 * least} or more`)
      if (width * height > HUGE_PIXELS || bytes > HUGE_BYTES)
        say(
          `is huge (${width} × ${height} pixels, ${Math.ceil(bytes / 1e6)} MB); save it about 4,000 pixels wide`,
        )
      if (hasGpsPosition)
        say('says where it was taken, to whoever opens the file itself; remove its GPS data')
    } catch (error) {
      const reason = (error as Error).message.split('\n')[0]
      errors.push(
        `${place}: the picture ${path} cannot be read (${reason}); save it again as JPEG, PNG, WebP or AVIF`,
      )
    }
  }
  if (article.image) await look(files.article.place(['image', 'src']), article.image.src, SHEET)
  if (author.avatar) await look(files.author.place(['avatar']), author.avatar, 75)
  // Within a line a picture is shown as wide as it is.
  for (const { place, path, isFigure } of pictureLines) await look(place, path, isFigure ? TEXT : 0)
  return { errors, advice }
}
