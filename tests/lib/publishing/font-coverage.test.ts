import { readFile } from 'node:fs/promises'
import decompress from 'woff2-encoder/decompress'
import { expect, test } from 'vitest'
import { supportedCharacters } from '#lib/publishing/font-coverage.ts'

const read = async (name: string, part: string) =>
  supportedCharacters(
    await decompress(
      await readFile(
        `node_modules/@fontsource-variable/${name}/files/${name}-${part}-wght-normal.woff2`,
      ),
    ),
  )
const has = (characters: Set<number>, text: string) =>
  [...text].map((character) => characters.has(character.codePointAt(0)!))

test('a font tells which characters it has', async () => {
  expect(has(await read('source-serif-4', 'latin'), 'Aé’עب漢')).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  expect(has(await read('noto-naskh-arabic', 'arabic'), 'بA')).toEqual([true, false])
})

test('what is no font is refused', () => {
  expect(() => supportedCharacters(new Uint8Array(64))).toThrow('the font has no table "cmap"')
})
