import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import decompress from 'woff2-encoder/decompress'
import { FONTS, makeDisplayFont } from '#lib/publishing/display-font.ts'
import { supportedCharacters } from '#lib/publishing/font-coverage.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-fonts-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const HEADLINE = 'US Diplomats Urged to Counter Global Data Localization Efforts'
const cut = (fitted: string, others: string[] = []) =>
  makeDisplayFont([{ weight: 600, fitted, others, tracking: 0, column: [6, 17] }], folder)

/** The characters of each file, in the order of the rules that name them. */
async function charactersOf(rules: string): Promise<string[]> {
  const names = [...rules.matchAll(/url\(\/_next\/([^)]*)\)/g)].map(([, path]) => path!)
  const fonts = await Promise.all(names.map((name) => readFile(join(folder, name))))
  const codes = await Promise.all(
    fonts.map(async (font) => supportedCharacters(await decompress(font))),
  )
  return codes.map((set) => String.fromCodePoint(...[...set].sort((a, b) => a - b)))
}

const sortedLetters = (text: string) => [...new Set(text)].sort().join('')

test('a font has the letters that are set in it and no others, in 5 KB', async () => {
  const rules = await cut(HEADLINE, ['The Sheet'])
  expect(await charactersOf(rules)).toEqual([sortedLetters(`${HEADLINE}The Sheet`)])
  const [file] = await readdir(join(folder, FONTS))
  expect((await readFile(join(folder, FONTS, file!))).length).toBeLessThan(5_000)
})

test('fonts with the widths of Times stand in for it at its size and height', async () => {
  const rules = await cut(HEADLINE)
  expect(rules).toContain('font-display:swap')
  const [, size, ascent, descent] = rules.match(
    /local\(Liberation Serif Bold\).*size-adjust:([\d.]+)%;ascent-override:([\d.]+)%;descent-override:([\d.]+)%/,
  )!
  // Its large letters are narrower, and it has more room above.
  expect(Number(size)).toBeGreaterThan(90)
  expect(Number(size)).toBeLessThan(100)
  expect((Number(size) * Number(ascent)) / 10_000).toBeCloseTo(1.036, 3)
  expect((Number(size) * Number(descent)) / 10_000).toBeCloseTo(0.335, 3)
})

test('another script has its own font, and what is in neither is left out', async () => {
  const rules = await cut('أخبار المدينة 🚀', ['News'])
  const [arabic, latin] = await charactersOf(rules)
  expect(arabic).toContain('ب')
  expect(`${arabic}${latin ?? ''}`).toContain('N')
  expect(rules).not.toContain('1f680')
})

test('where no font is fitted, nothing is swapped on a page that is shown', async () => {
  const rules = await cut('新闻')
  expect(rules).toContain('font-display:optional')
  expect(rules).not.toContain('local(')
})

test('a later font is for its own letters', async () => {
  const rules = await cut('Łódź')
  const [first, second] = rules.split('@font-face').slice(1)
  expect(first).not.toContain('unicode-range')
  expect(second).toMatch(/unicode-range:U\+/)
})

test('without letters there is no font', async () => {
  expect(await cut('🚀')).toBe('')
})
