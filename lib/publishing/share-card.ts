import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import { type Fonts, findFonts, isDrawn } from '#lib/publishing/fonts.ts'
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
/** The share of letters that a text may lose before it is not shown: with more, words are no longer words. */
const MAX_MISSING = 0.1

type Line = { text: string; language: string }

/**
 * Draws the picture that is shown with a link to the story. libvips sets the text with Pango, which can
 * shape every script. Where no installed font has the letters of the headline, the first picture stands in its
 * place, or the masthead; a card is never empty.
 *
 * @param foot a line below the headline, such as author and date
 * @param pictures files of the story's picture, if it has one, and of the site's icon
 * @returns the picture as PNG
 */
export async function drawShareCard(
  masthead: string,
  headline: Line,
  foot: Line,
  pictures: string[] = [],
): Promise<Buffer> {
  const fonts = await findFonts(
    masthead + masthead.toUpperCase() + headline.text + foot.text,
    FOLDER,
  )
  await loadOnly(fonts)
  const { language } = headline
  const spaced = { letter_spacing: String(9 * 1024), weight: 'bold' }
  const [picture, icon] = pictures.length > 1 ? pictures : [undefined, pictures[0]]
  const main =
    (await drawHeadline(headline.text, language, fonts)) ??
    (picture && (await drawPicture(picture))) ??
    (await drawHeadline(masthead, language, fonts)) ??
    (icon && (await drawPicture(icon)))
  const parts = [
    await centre(await drawText(masthead.toUpperCase(), 26, INK, language, fonts, spaced), 80, 122),
    await centre(main || undefined, 142, 530),
    await centre(await drawText(foot.text, 28, GREY_INK, foot.language, fonts), 542, 606),
  ]
  return sharp(Buffer.from(drawBackground()))
    .composite(parts.filter((part) => part !== undefined))
    .png({ compressionLevel: 9, palette: true, effort: 10 })
    .toBuffer()
}

/** Finds the characters that the card leaves out, and whether a text is then not shown at all. */
export async function findMissing(text: string): Promise<{ missing: string[]; isShown: boolean }> {
  const { missing } = await findFonts(text, FOLDER)
  return { missing, isShown: readable(text, missing) !== '' }
}

/** Leaves characters out of a text; returns nothing of one that loses too many of its letters. */
function readable(text: string, missing: string[]): string {
  const left = new Set(missing)
  const letters = [...text].filter((sign) => /\p{L}/u.test(sign))
  const lost = letters.filter((sign) => left.has(sign)).length
  if (lost > letters.length * MAX_MISSING) return ''
  const kept = [...text].filter((sign) => !left.has(sign))
  return kept.some(isDrawn) ? kept.join('').trim() : ''
}

/** Draws a picture as large as a headline may be. */
async function drawPicture(file: string): Promise<TextImage> {
  const width = CARD.width - 2 * MARGIN
  const height = HEADLINE.bottom - HEADLINE.top
  const { data, info } = await sharp(file)
    .autoOrient()
    .resize({ width, height, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { input: data, width: info.width, height: info.height }
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

/** Draws a text, wrapped to `width` pixels; returns nothing where it is empty, or no font has its letters. */
async function drawText(
  written: string,
  size: number,
  colour: string,
  language: string,
  { families, missing }: Fonts,
  span: Record<string, string> = {},
  width = CARD.width - 2 * MARGIN,
): Promise<TextImage | undefined> {
  const text = readable(written, missing)
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
