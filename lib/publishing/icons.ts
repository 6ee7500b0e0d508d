import sharp from 'sharp'

const SOURCE = 'public/icon.svg'
const PAPER = '#fbf9f4'

/** Draws the site's icon as a PNG of `size` by `size` pixels. */
export function drawIcon(size: number): Promise<Buffer> {
  return sharp(SOURCE, { density: 72 * Math.ceil(size / 32) })
    .resize(size)
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** Draws the icon with a margin, so that a system can cut it to its own shape: https://www.w3.org/TR/appmanifest/#icon-masks */
export async function drawMaskableIcon(size: number): Promise<Buffer> {
  const inner = Math.round(size * 0.8)
  const margin = (size - inner) / 2
  return sharp(await drawIcon(inner))
    .extend({
      top: Math.floor(margin),
      bottom: Math.ceil(margin),
      left: Math.floor(margin),
      right: Math.ceil(margin),
      background: PAPER,
    })
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** Draws the icon as an ICO file that holds a PNG, for `/favicon.ico`: https://en.wikipedia.org/wiki/ICO_(file_format) */
export async function drawFavicon(size = 32): Promise<Buffer> {
  const png = await drawIcon(size)
  const header = Buffer.alloc(22)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(1, 4)
  header.writeUInt8(size, 6)
  header.writeUInt8(size, 7)
  header.writeUInt16LE(1, 10)
  header.writeUInt16LE(32, 12)
  header.writeUInt32LE(png.length, 14)
  header.writeUInt32LE(header.length, 18)
  return Buffer.concat([header, png])
}
