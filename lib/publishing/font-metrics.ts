import { Blob, Buffer, Face, Font, shape } from 'harfbuzzjs'

/** Widths and heights in a font, in em. */
export type FontMetrics = {
  /** Measures a text on one line, as browsers set it: with ligatures and kerning. */
  width: (text: string) => number
  /** Returns the number of a character's glyph. */
  glyph: (character: string) => number | undefined
  unitsPerEm: number
  ascent: number
  descent: number
  /** The ranges of its axes, such as `{ wght: { min: 200, max: 900 } }`; none in a font of one style. */
  axes: Record<string, { min: number; max: number }>
}

/**
 * Reads the metrics of a font.
 *
 * @param font TrueType or OpenType
 */
export function readFontMetrics(font: Uint8Array): FontMetrics {
  const face = new Face(new Blob(font))
  const shaper = new Font(face)
  const { ascender, descender } = shaper.hExtents()
  return {
    width(text) {
      const buffer = new Buffer()
      buffer.addText(text)
      buffer.guessSegmentProperties()
      shape(shaper, buffer)
      const glyphs = buffer.getGlyphInfosAndPositions()
      return glyphs.reduce((sum, { xAdvance = 0 }) => sum + xAdvance, 0) / face.upem
    },
    glyph: (character) => shaper.nominalGlyph(character.codePointAt(0)!),
    unitsPerEm: face.upem,
    ascent: ascender / face.upem,
    descent: -descender / face.upem,
    axes: face.getAxisInfos(),
  }
}
