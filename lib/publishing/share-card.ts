import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import { type Fonts, findFonts } from '#lib/publishing/fonts.ts'
import { langAttributes } from '#lib/i18n/script.ts'
import { element } from '#lib/xml.ts'

/** Pixels of the picture that most sites show with a link: https://ogp.me/#structured */
export const CARD = { width: 1200, height: 630 }
const PAPER = '#fbf9f4'
const INK = '#1b1815'
const GREY_INK = '#544c44'
const MARGIN = 64
/** The area of the headline, between two rules, and font sizes to try, in pixels. */
const HEADLINE = { top: 150, bottom: 522, sizes: [120, 105, 92, 80, 70, 61, 53, 46, 40, 34, 28] }
const FOLDER = '.next/cache/card'

type Line = { text: string; language: string }

/**
 * Draws the picture that is shown with a link to the story. libvips sets the text with Pango, which can
 * shape every script.
 *
 * @param foot a line below the headline, such as author and date
 * @returns the picture as PNG, and the characters left out because no installed font has them
 */
export async function drawShareCard(
  masthead: string,
  headline: Line,
  foot: Line,
): Promise<{ png: Buffer; missing: string[] }> {
  const fonts = await findFonts(masthead + headline.text + foot.text, FOLDER)
  await loadOnly(fonts)
  const missing = new Set(fonts.missing)
  const withoutMissing = (text: string) =>
    [...text]
      .filter((sign) => !missing.has(sign))
      .join('')
      .trim()
  const spaced = { letter_spacing: String(9 * 1024), weight: 'bold' }
  const parts = [
    await centre(await drawText(masthead.toUpperCase(), 26, INK, 'en', fonts, spaced), 80, 122),
    await centre(
      await drawHeadline(withoutMissing(headline.text), headline.language, fonts),
      142,
      530,
    ),
    await centre(
      await drawText(withoutMissing(foot.text), 28, GREY_INK, foot.language, fonts),
      542,
      606,
    ),
  ]
  const png = await sharp(Buffer.from(drawBackground()))
    .composite(parts.filter((part) => part !== undefined))
    .png({ compressionLevel: 9, palette: true, effort: 10 })
    .toBuffer()
  return { png, missing: fonts.missing }
}

/** Draws the paper with its rules as SVG. */
function drawBackground(): string {
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

type TextImage = { input: Buffer; width: number; height: number }

/** Draws the headline in the largest size that fits, with lines of similar length. */
async function drawHeadline(
  text: string,
  language: string,
  fonts: Fonts,
): Promise<TextImage | undefined> {
  const widest = CARD.width - 2 * MARGIN
  const room = HEADLINE.bottom - HEADLINE.top
  // Scripts with marks above and below their letters keep the line height of their font.
  const leading: Record<string, string> = langAttributes(language)['data-script']
    ? {}
    : { line_height: '0.88' }
  const draw = (size: number, width: number) =>
    drawText(text, size, INK, language, fonts, { weight: 'bold', ...leading }, width)
  for (const size of HEADLINE.sizes) {
    let best = await draw(size, widest)
    if (!best) return
    if (best.width > widest || (best.height > room && size !== HEADLINE.sizes.at(-1))) continue
    // Searches the smallest width at which there is no further line.
    for (let [narrow, wide] = [widest / 3, widest]; wide - narrow > 8;) {
      const width = Math.round((narrow + wide) / 2)
      const tried = (await draw(size, width))!
      if (tried.height > best.height * 1.05 || tried.width > width) narrow = width
      else [best, wide] = [tried, width]
    }
    return crop(best, room)
  }
}

/** Draws a text, wrapped to `width` pixels; returns nothing for an empty one. */
async function drawText(
  text: string,
  size: number,
  colour: string,
  language: string,
  { families }: Fonts,
  span: Record<string, string> = {},
  width = CARD.width - 2 * MARGIN,
): Promise<TextImage | undefined> {
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

/** Cuts off what is below `height`, of a headline as long as a page. */
async function crop(picture: TextImage, height: number): Promise<TextImage> {
  if (picture.height <= height) return picture
  const input = await sharp(picture.input)
    .extract({ left: 0, top: 0, width: picture.width, height })
    .toBuffer()
  return { ...picture, input, height }
}

/** Puts a picture in the middle of the card, between two heights. */
async function centre(
  picture: TextImage | undefined,
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

/** Gives Fontconfig these fonts and none of the machine's, so that every machine draws the same. */
async function loadOnly({ files, families }: Fonts): Promise<void> {
  const settings = join(process.cwd(), FOLDER, 'fonts.conf')
  await writeFile(settings, `<?xml version="1.0"?><fontconfig/>`)
  process.env.FONTCONFIG_FILE = settings
  for (const file of files)
    await sharp({ text: { text: ' .', font: families[0]!, fontfile: file } })
      .png()
      .toBuffer()
}
