/**
 * Returns the code points for which a font has a glyph, from its table `cmap`:
 * https://learn.microsoft.com/en-us/typography/opentype/spec/cmap
 *
 * @param font TrueType or OpenType
 */
export function supportedCharacters(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const cmap = findTable(view, 'cmap')
  const characters = new Set<number>()
  for (let index = 0; index < view.getUint16(cmap + 2); index++) {
    const subtable = cmap + view.getUint32(cmap + 8 + index * 8)
    const format = view.getUint16(subtable)
    if (format === 4) readSegments(view, subtable, characters)
    if (format === 12) readGroups(view, subtable, characters)
  }
  return characters
}

/** Returns where a table of a font begins. */
export function findTable(view: DataView, name: string): number {
  for (let entry = 12; entry < 12 + view.getUint16(4) * 16; entry += 16) {
    const tag = [0, 1, 2, 3].map((at) => String.fromCharCode(view.getUint8(entry + at))).join('')
    if (tag === name) return view.getUint32(entry + 8)
  }
  throw new Error(`the font has no table "${name}"`)
}

/** Reads format 4: ranges of 16 bits, as lists of their ends, starts, deltas and offsets. */
function readSegments(view: DataView, subtable: number, characters: Set<number>): void {
  const length = view.getUint16(subtable + 6)
  for (let at = 0; at < length; at += 2) {
    const end = view.getUint16(subtable + 14 + at)
    const start = view.getUint16(subtable + 16 + length + at)
    const delta = view.getUint16(subtable + 16 + length * 2 + at)
    const offsetAt = subtable + 16 + length * 3 + at
    const offset = view.getUint16(offsetAt)
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const listed = offset && view.getUint16(offsetAt + offset + (code - start) * 2)
      // Glyph 0 is the box that is drawn for missing characters.
      const glyph = offset ? listed && (listed + delta) % 65_536 : (code + delta) % 65_536
      if (glyph) characters.add(code)
    }
  }
}

/** Format 12: ranges of 32 bits, each with its first glyph. */
function readGroups(view: DataView, subtable: number, characters: Set<number>): void {
  for (let index = 0; index < view.getUint32(subtable + 12); index++) {
    const group = subtable + 16 + index * 12
    const [start, end, glyph] = [0, 4, 8].map((at) => view.getUint32(group + at))
    for (let code = start!; code <= end!; code++) if (glyph! + code - start!) characters.add(code)
  }
}
