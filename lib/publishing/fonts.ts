import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import decompress from 'woff2-encoder/decompress'
import { supportedCharacters } from '#lib/publishing/font-coverage.ts'

/** The fonts for pictures and headlines are those installed by npm, so that every machine draws the same. */
const PACKAGES = 'node_modules/@fontsource-variable'
/** The font that comes first among those with as many of the characters. */
const PREFERRED = 'source-serif-4'

export type Fonts = {
  /** Names, beginning with the font that has most characters of the text. */
  families: string[]
  /** TrueType files in `folder`. */
  files: string[]
  /** Characters of the text that are in none of the installed fonts. */
  missing: string[]
}

/** A font of which a part, such as `latin`, has characters of a text. */
export type FontPart = {
  /** The file's name without its extension, such as `source-serif-4-latin-wght-normal`. */
  name: string
  /** TrueType. */
  font: Uint8Array
  /** The code points of the text that it has. */
  has: number[]
}

/** Finds the fonts that a text needs, and unpacks the parts of them that it needs into `folder`. */
export async function findFonts(text: string, folder: string): Promise<Fonts> {
  await mkdir(folder, { recursive: true })
  const used = await findFamilies(text, ['wght-normal'])
  const parts = used.flatMap((font) => font.parts)
  for (const { name, font } of parts) await writeFile(join(folder, `${name}.ttf`), font)
  const found = new Set(parts.flatMap(({ has }) => has))
  return {
    families: used.map((font) => font.family),
    files: parts.map(({ name }) => join(folder, `${name}.ttf`)),
    missing: [...drawn(text)]
      .filter((code) => !found.has(code))
      .map((code) => String.fromCodePoint(code)),
  }
}

/** Finds the parts of fonts that draw a text, cut for large sizes where there is such a cut; best first. */
export async function findDisplayParts(text: string): Promise<FontPart[]> {
  const used = await findFamilies(text, ['opsz-normal', 'wght-normal'])
  return used.flatMap(({ parts }) => parts)
}

/**
 * Reads the parts of a font that have characters of a text.
 *
 * @param folder of its package
 * @param styles how its files' names end, such as `wght-normal`, best first
 */
export async function readParts(
  folder: string,
  text: string,
  styles: string[],
): Promise<{ family: string; parts: FontPart[] }> {
  const wanted = [...drawn(text)]
  const read = async (file: string) =>
    JSON.parse(await readFile(join(/*turbopackIgnore: true*/ folder, file), 'utf8'))
  const [{ id, family }, ranges] = (await Promise.all([
    read('metadata.json'),
    read('unicode.json'),
  ])) as [{ id: string; family: string }, Record<string, string>]
  const names = Object.keys(ranges).filter((part) => wanted.some(isWithin(ranges[part]!)))
  const parts = await Promise.all(
    names.map(async (part) => {
      const stem = `${id}-${part.replace(/[[\]]/g, '')}`
      const paths = styles.map((style) =>
        join(/*turbopackIgnore: true*/ folder, 'files', `${stem}-${style}.woff2`),
      )
      const path = paths.find(existsSync)!
      const font = await decompress(await readFile(path))
      // The range of a part includes characters that its font lacks.
      const has = supportedCharacters(font)
      return {
        name: basename(path, '.woff2'),
        font,
        has: wanted.filter((code) => has.has(code)),
      }
    }),
  )
  return { family, parts: parts.filter(({ has }) => has.length > 0) }
}

/** Reads the installed fonts that have characters of a text, beginning with the one that has most. */
async function findFamilies(text: string, styles: string[]) {
  const names = (await readdir(PACKAGES)).sort(
    (a, b) => Number(b === PREFERRED) - Number(a === PREFERRED) || (a < b ? -1 : 1),
  )
  const fonts = await Promise.all(
    names.map((name) => readParts(join(/*turbopackIgnore: true*/ PACKAGES, name), text, styles)),
  )
  const count = (parts: FontPart[]) => new Set(parts.flatMap(({ has }) => has)).size
  return fonts
    .filter(({ parts }) => parts.length > 0)
    .sort((a, b) => count(b.parts) - count(a.parts))
}

/** Makes a test for a `unicode-range` of CSS, such as `U+0600-06FF,U+200C`. */
function isWithin(range: string): (code: number) => boolean {
  const pairs = range.split(',').map((pair) => {
    const [first, last = first] = pair.trim().slice(2).split('-')
    return [parseInt(first!, 16), parseInt(last!, 16)] as const
  })
  return (code) => pairs.some(([first, last]) => code >= first && code <= last)
}

/** Returns the code points of a text that have a glyph of their own. */
function drawn(text: string): Set<number> {
  return new Set([...text].filter(isDrawn).map((character) => character.codePointAt(0)!))
}

/** Returns whether a character has a glyph of its own: no space, and none that only changes others. */
export function isDrawn(character: string): boolean {
  return !/[\s\p{Default_Ignorable_Code_Point}]/u.test(character)
}
