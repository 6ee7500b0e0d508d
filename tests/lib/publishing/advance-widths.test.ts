import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import decompress from 'woff2-encoder/decompress'
import { changeAdvances } from '#lib/publishing/advance-widths.ts'
import { readFontMetrics } from '#lib/publishing/font-metrics.ts'

test('a letter is wider by as many units, and no other is', async () => {
  const font = await decompress(
    await readFile('node_modules/@fontsource/tinos/files/tinos-latin-400-normal.woff2'),
  )
  const before = readFontMetrics(font)
  const after = readFontMetrics(changeAdvances(font, new Map([[before.glyph('o')!, 100]])))
  expect(after.width('o')).toBeCloseTo(before.width('o') + 100 / before.unitsPerEm)
  expect(after.width('n')).toBe(before.width('n'))
})
