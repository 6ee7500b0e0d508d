import { findTable } from '#lib/publishing/font-coverage.ts'

/**
 * Changes how far some glyphs advance, in the table `hmtx`:
 * https://learn.microsoft.com/en-us/typography/opentype/spec/hmtx
 *
 * @param font TrueType of one style
 * @param changes by number of the glyph, in units of the font
 */
export function changeAdvances(font: Uint8Array, changes: Map<number, number>): Uint8Array {
  // Not slice(): that of a Buffer shares its memory.
  const changed = new Uint8Array(font)
  const view = new DataView(changed.buffer)
  const count = view.getUint16(findTable(view, 'hhea') + 34)
  const widths = findTable(view, 'hmtx')
  for (const [glyph, change] of changes) {
    // Glyphs beyond share the last width.
    if (glyph >= count) continue
    const width = view.getUint16(widths + glyph * 4)
    view.setUint16(widths + glyph * 4, Math.max(0, Math.round(width + change)))
  }
  return changed
}
