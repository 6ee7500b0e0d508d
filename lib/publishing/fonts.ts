import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import decompress from 'woff2-encoder/decompress'
import { supportedCharacters } from '#lib/publishing/font-coverage.ts'

/** The fonts for pictures are those installed by npm, so that every machine draws the same. */
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

/** Finds the fonts that a text needs, and unpacks the parts of them that it needs into `folder`. */
export async function findFonts(text: string, folder: string): Promise<Fonts> {
  const wanted = new Set([...text].filter(isDrawn).map((character) => character.codePointAt(0)!))
  await mkdir(folder, { recursive: true })
  const names = (await readdir(PACKAGES)).sort(
    (a, b) => Number(b === PREFERRED) - Number(a === PREFERRED) || (a < b ? -1 : 1),
  )
  const fonts = await Promise.all(names.map((name) => readFont(name, wanted, folder)))
  const used = fonts
    .filter((font) => font.has.length > 0)
    .sort((a, b) => b.has.length - a.has.length)
  const found = new Set(used.flatMap((font) => font.has))
  return {
    families: used.map((font) => font.family),
    files: used.flatMap((font) => font.files),
    missing: [...wanted]
      .filter((code) => !found.has(code))
      .map((code) => String.fromCodePoint(code)),
  }
}

async function readFont(name: string, wanted: Set<number>, folder: string) {
  const read = async (file: string) =>
    JSON.parse(await readFile(join(/*turbopackIgnore: true*/ PACKAGES, name, file), 'utf8'))
  const [metadata, ranges] = (await Promise.all([read('metadata.json'), read('unicode.json')])) as [
    { family: string },
    Record<string, string>,
  ]
  const parts = Object.keys(ranges).filter((part) => [...wanted].some(isWithin(ranges[part]!)))
  const unpacked = await Promise.all(
    parts.map(async (part) => {
      const source = `${name}-${part.replace(/[[\]]/g, '')}-wght-normal`
      const font = await decompress(
        await readFile(join(/*turbopackIgnore: true*/ PACKAGES, name, 'files', `${source}.woff2`)),
      )
      const file = join(folder, `${source}.ttf`)
      await writeFile(file, font)
      // The range of a part includes characters that its font lacks.
      const has = supportedCharacters(font)
      return { file, has: [...wanted].filter((code) => has.has(code)) }
    }),
  )
  const files = unpacked.filter(({ has }) => has.length > 0).map(({ file }) => file)
  return { family: metadata.family, files, has: [...new Set(unpacked.flatMap(({ has }) => has))] }
}

/** Makes a test for a `unicode-range` of CSS, such as `U+0600-06FF,U+200C`. */
function isWithin(range: string): (code: number) => boolean {
  const pairs = range.split(',').map((pair) => {
    const [first, last = first] = pair.trim().slice(2).split('-')
    return [parseInt(first!, 16), parseInt(last!, 16)] as const
  })
  return (code) => pairs.some(([first, last]) => code >= first && code <= last)
}

/** Returns whether a character has a glyph of its own: no space, and none that only changes others. */
function isDrawn(character: string): boolean {
  return !/[\s\p{Default_Ignorable_Code_Point}]/u.test(character)
}
