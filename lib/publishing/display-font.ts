import { hash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { compress } from 'woff2-encoder'
import { changeAdvances } from '#lib/publishing/advance-widths.ts'
import { fitLines } from '#lib/publishing/fit-lines.ts'
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
  /** Its letter-spacing, and the narrowest and the widest width of its column, in em. */
  tracking: number
  column: [number, number]
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
      const { fonts, fallback } = await fitFallback(cut, await cutFonts(cut))
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
            // Restricts it to its own: of two faces that have a character, browsers take the later.
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

/**
 * Makes the `@font-face` rule of fonts like Times, fitted to a cut whose widths are changed a little for it;
 * leaves the cut as it is where they lack letters.
 */
async function fitFallback(
  { weight, fitted, tracking, column }: Cut,
  fonts: CutFont[],
): Promise<{ fonts: CutFont[]; fallback?: string }> {
  const { parts } = await readParts(TIMES_PACKAGE, fitted, [TIMES_STYLE[weight]])
  const times = parts.map(({ font, has }) => ({
    characters: has.map((code) => String.fromCodePoint(code)),
    metrics: readFontMetrics(font),
  }))
  if (!hasAll(fitted, fonts) || !hasAll(fitted, times)) return { fonts }
  const setting = (fonts: SomeLetters[]) => ({
    width: (word: string) => measure(word, fonts) + tracking * [...word].length,
    space: measure(' ', fonts) + tracking,
  })
  const { changes, scale } = fitLines(fitted, setting(fonts), setting(times), column)
  const [{ ascent, descent }] = [fonts[0]!.metrics]
  return {
    fonts: fonts.map((font, index) => withChanges(font, changes, index === 0)),
    fallback: fontFace({
      'font-family': FALLBACK,
      'font-weight': String(weight),
      src: TIMES[weight].map((name) => `local(${name})`).join(),
      'size-adjust': percent(scale),
      'ascent-override': percent(ascent / scale),
      'descent-override': percent(descent / scale),
    }),
  }
}

/** Changes the widths of those characters that are taken from a font; the first has the spaces. */
function withChanges(cut: CutFont, changes: Map<string, number>, hasSpaces: boolean): CutFont {
  const { characters, metrics } = cut
  const taken = hasSpaces ? [' ', ...characters] : characters
  const units = taken.flatMap((character): [number, number][] => {
    const glyph = metrics.glyph(character)
    const change = changes.get(character)
    return glyph === undefined || !change ? [] : [[glyph, change * metrics.unitsPerEm]]
  })
  return { ...cut, font: changeAdvances(cut.font, new Map(units)) }
}

const hasAll = (text: string, fonts: SomeLetters[]) =>
  [...text].every((character) => !isDrawn(character) || fontOf(character, fonts))

/** Returns the font that a character is taken from: spaces from the first. */
function fontOf(character: string, fonts: SomeLetters[]): SomeLetters | undefined {
  return isDrawn(character)
    ? fonts.find(({ characters }) => characters.includes(character))
    : fonts[0]
}

/** Measures a text in fonts that have each some of its letters. */
function measure(text: string, fonts: SomeLetters[]): number {
  const runs: { text: string; font: SomeLetters }[] = []
  for (const character of text) {
    const font = fontOf(character, fonts)!
    const last = runs.at(-1)
    if (last?.font === font) last.text += character
    else runs.push({ text: character, font })
  }
  return runs.reduce((sum, { text, font }) => sum + font.metrics.width(text), 0)
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
