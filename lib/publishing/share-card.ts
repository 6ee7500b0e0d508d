import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import { type Fonts, findFonts } from '#lib/publishing/fonts.ts'
import { langAttributes } from '#lib/i18n/script.ts'
import { element } from '#lib/xml.ts'

/** What most places show a link with, in pixels: https://ogp.me/#structured */
export const CARD = { width: 1200, height: 630 }
const PAPER = '#fbf9f4'
const INK = '#1b1815'
const SOFT = '#544c44'
const MARGIN = 64
/** The headline stands between the masthead's rule and the hairline at the foot. */
const HEADLINE = { top: 150, bottom: 522, sizes: [120, 105, 92, 80, 70, 61, 53, 46, 40, 34, 28] }
const FOLDER = '.next/cache/card'

type Line = { text: string; language: string }

/**
 * The story's sheet as a picture, for where a link to it is shown. libvips sets the type with Pango,
 * which knows how every script is joined, turned and broken.
 *
 * @param foot such as who wrote it, and when
 */
export async function makeCard(
  masthead: string,
  headline: Line,
  foot: Line,
): Promise<{ png: Buffer; missing: string[] }> {
  const fonts = await findFonts(masthead + headline.text + foot.text, FOLDER)
  await loadOnly(fonts)
  const missing = new Set(fonts.missing)
  const drawn = (text: string) =>
    [...text]
      .filter((sign) => !missing.has(sign))
      .join('')
      .trim()
  const spaced = { letter_spacing: String(9 * 1024), weight: 'bold' }
  const parts = [
    await place(await setLine(masthead.toUpperCase(), 26, INK, 'en', fonts, spaced), 80, 122),
    await place(await setHeadline(drawn(headline.text), headline.language, fonts), 142, 530),
    await place(await setLine(drawn(foot.text), 28, SOFT, foot.language, fonts), 542, 606),
  ]
  const png = await sharp(Buffer.from(sheet()))
    .composite(parts.filter((part) => part !== undefined))
    .png({ compressionLevel: 9, palette: true, effort: 10 })
    .toBuffer()
  return { png, missing: fonts.missing }
}

/** The paper with its rules. */
function sheet(): string {
  const rule = (y: number, height: number, fill = INK) =>
    element('rect', {
      x: String(MARGIN),
      y: String(y),
      width: String(CARD.width - 2 * MARGIN),
      height: String(height),
      fill,
    })
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width: String(CARD.width), height: String(CARD.height) },
    element('rect', { width: '100%', height: '100%', fill: PAPER }),
    rule(52, 8),
    rule(66, 2),
    rule(134, 2),
    rule(538, 2, '#cfc7ba'),
  ).toString()
}

type Picture = { input: Buffer; width: number; height: number }

/** In the largest size that has room, in lines of like length. */
async function setHeadline(
  text: string,
  language: string,
  fonts: Fonts,
): Promise<Picture | undefined> {
  const widest = CARD.width - 2 * MARGIN
  const room = HEADLINE.bottom - HEADLINE.top
  // Scripts with marks above and below their letters keep the lines apart that their font asks for.
  const leading: Record<string, string> = langAttributes(language)['data-script']
    ? {}
    : { line_height: '0.88' }
  const set = (size: number, width: number) =>
    setLine(text, size, INK, language, fonts, { weight: 'bold', ...leading }, width)
  for (const size of HEADLINE.sizes) {
    let best = await set(size, widest)
    if (!best) return
    if (best.width > widest || (best.height > room && size !== HEADLINE.sizes.at(-1))) continue
    // The narrowest that needs no further line.
    for (let [narrow, wide] = [widest / 3, widest]; wide - narrow > 8;) {
      const width = Math.round((narrow + wide) / 2)
      const tried = (await set(size, width))!
      if (tried.height > best.height * 1.05 || tried.width > width) narrow = width
      else [best, wide] = [tried, width]
    }
    return crop(best, room)
  }
}

/** A text as a picture, wrapped to `width`; nothing when there is none of it. */
async function setLine(
  text: string,
  size: number,
  colour: string,
  language: string,
  { families }: Fonts,
  span: Record<string, string> = {},
  width = CARD.width - 2 * MARGIN,
): Promise<Picture | undefined> {
  if (text === '') return
  const font = `${families.join(', ')} ${size}`
  const markup = element('span', { foreground: colour, lang: language, ...span }, text).toString()
  const { data, info } = await sharp({
    // Points are pixels at 72 dots an inch.
    text: { text: markup, font, width, dpi: 72, rgba: true, align: 'centre', wrap: 'word-char' },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { input: data, width: info.width, height: info.height }
}

/** Of a headline as long as a page, what has room. */
async function crop(picture: Picture, height: number): Promise<Picture> {
  if (picture.height <= height) return picture
  const input = await sharp(picture.input)
    .extract({ left: 0, top: 0, width: picture.width, height })
    .toBuffer()
  return { ...picture, input, height }
}

/** In the middle between two heights of the sheet. */
async function place(
  picture: Picture | undefined,
  top: number,
  bottom: number,
): Promise<OverlayOptions | undefined> {
  return (
    picture && {
      input: picture.input,
      left: Math.round((CARD.width - picture.width) / 2),
      top: Math.round((top + bottom - picture.height) / 2),
    }
  )
}

/** Hands the fonts to Fontconfig, and none of the machine's own: each build makes the same picture. */
async function loadOnly({ files, families }: Fonts): Promise<void> {
  const settings = join(process.cwd(), FOLDER, 'fonts.conf')
  await writeFile(settings, `<?xml version="1.0"?><fontconfig/>`)
  process.env.FONTCONFIG_FILE = settings
  for (const file of files)
    await sharp({ text: { text: ' .', font: families[0]!, fontfile: file } })
      .png()
      .toBuffer()
}
