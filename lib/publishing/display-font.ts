import { hash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { compress } from 'woff2-encoder'
import { type FontMetrics, readFontMetrics } from '#lib/publishing/font-metrics.ts'
import { findDisplayParts, isDrawn, readParts } from '#lib/publishing/fonts.ts'

/** The folder of the fonts, below a build's folder on disk and below `/_next` in addresses. */
export const FONTS = 'static/fonts'
/** The family's name in `--font-display`, and that of the system's fonts fitted to it. */
export const DISPLAY = 'Display'
const FALLBACK = 'Display Fallback'

/** Letters of one weight, with what is set in it. */
export type Cut = {
  /** As in styles: 600 for the headline, 400 for the standfirst. */
  weight: 400 | 600
  /** The text that the system's fonts are fitted to, so that its lines break at the same places. */
  fitted: string
  /** Further text. */
  others: string[]
}

/** The weight that is drawn: large letters want a little more than small ones do. */
const DRAWN_WEIGHT = { 400: 400, 600: 640 }
/** The largest size that fonts are drawn for here, in points; fonts without such a cut have one size. */
const OPTICAL_SIZE = 60

/** Fonts with the advance widths of Times, on Windows, Apple's systems and Linux, by weight. */
const TIMES = {
  400: ['Times New Roman', 'Liberation Serif', 'Tinos'],
  600: ['Times New Roman Bold', 'Liberation Serif Bold', 'Tinos Bold'],
}
/** The package with a font of these widths. */
const TIMES_PACKAGE = 'node_modules/@fontsource/tinos'
const TIMES_STYLE = { 400: '400-normal', 600: '700-normal' }

/** OpenType features that scripts need, and kerning: https://learn.microsoft.com/en-us/typography/opentype/spec/featurelist */
const FEATURES = [
  ...[
    'calt',
    'ccmp',
    'curs',
    'fina',
    'init',
    'isol',
    'kern',
    'locl',
    'mark',
    'medi',
    'mkmk',
    'rlig',
  ],
]
/** Tables that browsers do not need for drawing. */
const DROPPED_TABLES = ['DSIG', 'STAT', 'gasp', 'meta']

/** A font, with the characters of a text that are taken from it. */
type SomeLetters = { characters: string[]; metrics: FontMetrics }
type CutFont = SomeLetters & { font: Uint8Array }

/**
 * Cuts the display face to the letters that the site sets in it, and writes the files into a build.
 *
 * A system's font stands in until the file is there. Where it is one of known widths, it is fitted, so that
 * nothing moves; elsewhere the face is shown only to readers who have the file when the page is drawn.
 *
 * @param folder of the build
 * @returns the `@font-face` rules; nothing where no installed font has a letter of it
 */
export async function makeDisplayFont(cuts: Cut[], folder: string): Promise<string> {
  await mkdir(join(folder, FONTS), { recursive: true })
  const rules = await Promise.all(
    cuts.map(async (cut) => {
      const fonts = await cutFonts(cut)
      const fallback = await fitFallback(cut, fonts)
      const faces = await Promise.all(
        fonts.map(async ({ font, characters }, index) => {
          const content = await compress(font)
          const file = `${hash('sha256', content).slice(0, 8)}.woff2`
          await writeFile(join(folder, FONTS, file), content)
          return fontFace({
            'font-family': DISPLAY,
            'font-weight': String(cut.weight),
            'font-display': fallback ? 'swap' : 'optional',
            src: `url(/_next/${FONTS}/${file})`,
            // Of two faces that have a character, the later counts.
            ...(index > 0 && { 'unicode-range': characters.map(toCodePoint).join() }),
          })
        }),
      )
      return [...faces, fallback]
    }),
  )
  return rules.flat().join('')
}

/** Cuts each font that has letters of a text; the one with most comes first, and has the spaces. */
async function cutFonts({ weight, fitted, others }: Cut): Promise<CutFont[]> {
  const text = [fitted, ...others].join(' ')
  const taken = new Set<number>()
  const fonts: CutFont[] = []
  for (const { font, has } of await findDisplayParts(text)) {
    const codes = has.filter((code) => !taken.has(code))
    if (codes.length === 0) continue
    for (const code of codes) taken.add(code)
    const characters = codes.map((code) => String.fromCodePoint(code))
    const cut = await subset(font, [...characters, ...(fonts.length === 0 ? text : '')], weight)
    fonts.push({ font: cut, characters, metrics: readFontMetrics(cut) })
  }
  return fonts
}

async function subset(
  font: Uint8Array,
  characters: string[],
  weight: Cut['weight'],
): Promise<Uint8Array> {
  const { wght, opsz } = readFontMetrics(font).axes
  const options = {
    targetFormat: 'truetype',
    keepFeatures: FEATURES,
    dropTables: DROPPED_TABLES,
    noHinting: true,
    variationAxes: {
      ...(wght && { wght: Math.min(DRAWN_WEIGHT[weight], wght.max) }),
      ...(opsz && { opsz: Math.min(OPTICAL_SIZE, opsz.max) }),
    },
  } as const
  return subsetFont(Buffer.from(font), characters.join(''), options)
}

/** Makes the `@font-face` rule of fonts like Times, fitted to the cut; nothing where they lack letters. */
async function fitFallback({ weight, fitted }: Cut, cut: CutFont[]): Promise<string | undefined> {
  const { parts } = await readParts(TIMES_PACKAGE, fitted, [TIMES_STYLE[weight]])
  const times = parts.map(({ font, has }) => ({
    characters: has.map((code) => String.fromCodePoint(code)),
    metrics: readFontMetrics(font),
  }))
  const width = measure(fitted, cut)
  const timesWidth = measure(fitted, times)
  if (!width || !timesWidth) return
  const scale = width / timesWidth
  const [{ ascent, descent }] = [cut[0]!.metrics]
  return fontFace({
    'font-family': FALLBACK,
    'font-weight': String(weight),
    src: TIMES[weight].map((name) => `local(${name})`).join(),
    'size-adjust': percent(scale),
    'ascent-override': percent(ascent / scale),
    'descent-override': percent(descent / scale),
  })
}

/** Measures a text in fonts that have each some of its letters; nothing where one is in none of them. */
function measure(text: string, fonts: SomeLetters[]): number | undefined {
  const runs: { text: string; font: SomeLetters | undefined }[] = []
  for (const character of text) {
    const font = isDrawn(character)
      ? fonts.find(({ characters }) => characters.includes(character))
      : fonts[0]
    const last = runs.at(-1)
    if (last && last.font === font) last.text += character
    else runs.push({ text: character, font })
  }
  if (runs.some(({ font }) => !font)) return
  return runs.reduce((sum, { text, font }) => sum + font!.metrics.width(text), 0)
}

function fontFace(descriptors: Record<string, string>): string {
  const list = Object.entries(descriptors).map(([name, value]) => `${name}:${value}`)
  return `@font-face{${list.join(';')}}`
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(2)}%`
}

function toCodePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16)}`
}
