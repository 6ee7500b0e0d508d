import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import decompress from 'woff2-encoder/decompress'
import { readFontMetrics } from '#lib/publishing/font-metrics.ts'

const read = async (path: string) =>
  readFontMetrics(await decompress(await readFile(`node_modules/${path}`)))
const times = await read('@fontsource/tinos/files/tinos-latin-400-normal.woff2')

test('a text is as wide as its letters, with their kerning', () => {
  // https://www.tug.org/fonts/ has the widths of Times: n and o half an em, the space a quarter.
  expect(times.width('nono')).toBeCloseTo(2, 2)
  expect(times.width('n o')).toBeCloseTo(1.25, 2)
  expect(times.width('AV')).toBeLessThan(times.width('A') + times.width('V'))
})

test('heights are in em, and axes have their ranges', async () => {
  expect(times.ascent).toBeCloseTo(0.891, 3)
  expect(times.descent).toBeCloseTo(0.216, 3)
  expect(times.axes).toEqual({})
  const serif = await read(
    '@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2',
  )
  expect(serif.axes).toMatchObject({ wght: { min: 200, max: 900 }, opsz: { min: 8, max: 60 } })
})
