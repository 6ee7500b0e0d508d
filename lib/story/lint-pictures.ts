import { readFile } from 'node:fs/promises'
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
      const { width, height, bytes, hasGpsPosition, isDrawing, isWithoutSize, isTiff } =
        await inspectPicture(file)
      if (isWithoutSize)
        warn(
          'is an SVG without a size, so browsers guess one; add its own to the first tag: viewBox="0 0 width height"',
        )
      if (isTiff) warn('is a TIFF, which browsers do not show; save it as JPEG or PNG')
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
      errors.push(`${location}: the picture ${path} ${await describeUnreadable(file, error)}`)
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

/** First bytes of files that are often taken for pictures of the web: https://en.wikipedia.org/wiki/List_of_file_signatures */
const SIGNATURES: [pattern: RegExp, kind: string][] = [
  [/^.{4}ftyp(?:heic|heix|hevc|mif1|msf1)/s, 'a HEIC picture'],
  [/^.{4}ftyp(?!avi)/s, 'a video'],
  [/^%PDF/, 'a PDF'],
  [/^8BPS/, 'a Photoshop file'],
  [/^BM/, 'a BMP picture'],
  [/^\s*<(?:!doctype html|html)/i, 'a web page'],
  [/^version https:\/\/git-lfs/, 'a pointer of Git LFS, not the picture itself'],
]
const FORMATS = 'JPEG, PNG, WebP or AVIF'

/** Says what a file is that cannot be read as a picture, and what to do. */
async function describeUnreadable(file: string, error: unknown): Promise<string> {
  const { code, message } = error as NodeJS.ErrnoException
  const content = await readFile(file).catch(() => undefined)
  if (!content)
    return `cannot be read${code ? ` (${code})` : ''}; check that it is a file and its permissions`
  if (content.length === 0) return `is empty; save it again as ${FORMATS}`
  const start = content.toString('latin1', 0, 100)
  const kind = SIGNATURES.find(([pattern]) => pattern.test(start))?.[1]
  if (kind) return `is ${kind}; save it as ${FORMATS}`
  if (/<svg\b/.test(content.toString('utf8', 0, 10_000)))
    return 'is an SVG with a mistake in it; open it in a drawing program and save it again'
  return /unsupported image format/.test(message)
    ? `is not a picture that browsers show; save it as ${FORMATS}`
    : `is damaged or incomplete; save it again as ${FORMATS}`
}
