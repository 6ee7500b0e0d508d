import { Parser } from 'htmlparser2'
import { readFile, stat } from 'node:fs/promises'
import sharp from 'sharp'

/** Facts about a picture's file. */
export type PictureFacts = {
  /** Pixels, as the picture is shown: upright. */
  width: number
  height: number
  /** The size of the file. */
  bytes: number
  /** Whether the camera has written into it where the picture was taken. */
  hasGpsPosition: boolean
  /** Whether it is an SVG, which has no pixels of its own. */
  isDrawing: boolean
  /** Whether it is an SVG that says no size. */
  isWithoutSize: boolean
  /** Whether it is a TIFF, which browsers do not show. */
  isTiff: boolean
}

/**
 * Reads a picture as a whole.
 *
 * @throws {Error} where it is broken, cut off or of a format that sharp does not know
 */
export async function inspectPicture(file: string): Promise<PictureFacts> {
  const image = sharp(file, { failOn: 'truncated' })
  const { exif, autoOrient, format } = await image.metadata()
  // Decodes every pixel.
  await image.clone().resize(8).raw().toBuffer()
  return {
    ...autoOrient,
    bytes: (await stat(file)).size,
    hasGpsPosition: exif !== undefined && hasGpsTag(exif),
    isDrawing: format === 'svg',
    isWithoutSize: format === 'svg' && !hasSize(await readFile(file, 'utf8')),
    isTiff: format === 'tiff',
  }
}

/** Returns whether the first tag of an SVG has a `viewBox`, or width and height that are no shares of the page. */
function hasSize(svg: string): boolean {
  let size: Record<string, string> | undefined
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (/^(?:\w+:)?svg$/.test(name)) size ??= attributes
      },
    },
    { xmlMode: true },
  )
  parser.end(svg)
  if (!size) return false
  if (/^[-+.\d]/.test(size.viewBox?.trim() ?? '')) return true
  return [size.width, size.height].every((side) => /^[.\d]+[a-z]*$/.test(side?.trim() ?? ''))
}

/** The tag that points to a position, "GPS Info": https://exiftool.org/TagNames/EXIF.html */
const GPS_TAG = 0x8825

/** Returns whether the first directory of EXIF data (in the form of a TIFF file) has `GPS_TAG`. */
function hasGpsTag(exif: Buffer): boolean {
  const start = exif.indexOf('Exif\0\0', 0, 'latin1') + 6
  const tiff = exif.subarray(start >= 6 ? start : 0)
  const isLittleEndian = tiff.toString('latin1', 0, 2) === 'II'
  const read16 = (at: number) => (isLittleEndian ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  try {
    const directory = isLittleEndian ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
    const tags = Array.from({ length: read16(directory) }, (_, entry) =>
      read16(directory + 2 + entry * 12),
    )
    return tags.includes(GPS_TAG)
  } catch {
    return false
  }
}
