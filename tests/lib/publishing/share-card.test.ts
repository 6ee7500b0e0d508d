// Tests lib/publishing/share-card.ts, lib/publishing/story-card.ts, lib/publishing/icons.ts
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { CARD, drawShareCard, findMissing } from '#lib/publishing/share-card.ts'

const card = (language: string, headline: string, foot = 'Ann · 2026') =>
  drawShareCard('Broadside', { text: headline, language }, { text: foot, language })

/** How much of a band of the card is ink, from 0 to 1. */
async function ink(png: Buffer, top: number, height: number, left = 0, width = CARD.width) {
  const { data } = await sharp(png)
    .extract({ left, top, width, height })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data.filter((value) => value < 128).length / data.length
}

test.each([
  ['en', 'US Diplomats Urged to Counter Global Data Localization Efforts'],
  ['ar', 'دبلوماسيون أمريكيون يُحثّون على مواجهة جهود توطين البيانات'],
  ['zh', '美国外交官被敦促反击全球数据本地化举措'],
  ['el', 'Ελληνικά και Русский'],
])('a headline in %s is set with fonts that npm installed', async (language, headline) => {
  const png = await card(language, headline)
  expect(await findMissing(headline)).toEqual({ missing: [], isShown: true })
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', ...CARD })
  expect(await ink(png, 150, 372)).toBeGreaterThan(0.02)
  // Nothing comes near the edges.
  expect(await ink(png, 0, CARD.height, 0, 60)).toBe(0)
})

test('the same story makes the same card, byte for byte', async () => {
  const [first, second] = [await card('en', 'Once'), await card('en', 'Once')]
  expect(first.equals(second)).toBe(true)
})

test('what no font has is named and left out, and markup is text', async () => {
  const headline = 'Up 🚀 & <b>away</b> 🚀'
  expect(await findMissing(headline)).toEqual({ missing: ['🚀'], isShown: true })
  const without = await card('en', 'Up  & <b>away</b>')
  expect((await card('en', headline)).equals(without)).toBe(true)
})

test('a headline as long as a page leaves masthead and foot alone', async () => {
  const [long, short] = [
    await card('en', 'A headline that goes on '.repeat(60)),
    await card('en', 'War'),
  ]
  for (const [top, height] of [
    [0, 140],
    [530, 100],
  ] as const)
    expect(await ink(long, top, height)).toBeCloseTo(await ink(short, top, height), 3)
})

const STORIES: [language: string, headline: string, isShown: boolean][] = [
  ['en', 'The city sells its last pier', true],
  ['de', 'Die Stadt verkauft ihren letzten Pier für wenig Geld', true],
  ['fr', 'L’été où la ville a vendu sa jetée', true],
  ['es', '¿Quién compró el último muelle del puerto?', true],
  ['ar', 'المدينة تبيع آخر رصيف في الميناء', true],
  ['he', 'העיר מוכרת את המזח האחרון', false],
  ['hi', 'शहर ने अपना आख़िरी घाट बेच दिया', false],
  ['zh', '城市出售最后一座码头', true],
  ['ja', '市は最後の桟橋を売却した', true],
  ['th', 'เมืองขายท่าเรือสุดท้าย', false],
]

test.each(STORIES)('no card is empty: in %s', async (language, headline, isShown) => {
  expect((await findMissing(headline)).isShown).toBe(isShown)
  const foot = new Date(0).toLocaleDateString(language, { dateStyle: 'long' })
  for (const masthead of ['Broadside', headline]) {
    const line = { text: headline, language }
    const png = await drawShareCard(masthead, line, { text: foot, language }, ['public/icon.svg'])
    expect(await ink(png, 150, 372), masthead).toBeGreaterThan(0.005)
  }
})

test('a headline in a script without a font makes room for the picture, then for the masthead', async () => {
  const line = { text: 'העיר מוכרת את המזח האחרון', language: 'he' }
  const draw = (pictures: string[]) => drawShareCard('The Post', line, line, pictures)
  const picture = await sharp({
    create: { width: 800, height: 372, channels: 3, background: '#000' },
  })
    .png()
    .toBuffer()
  const folder = await mkdtemp(join(tmpdir(), 'broadside-card-'))
  await writeFile(join(folder, 'black.png'), picture)
  const withPicture = await draw([join(folder, 'black.png'), 'public/icon.svg'])
  expect(await ink(withPicture, 160, 340, 220, 760)).toBe(1)
  await rm(folder, { recursive: true })
  const withName = await draw(['public/icon.svg'])
  const english = { text: 'The Post', language: 'he' }
  const same = await drawShareCard('The Post', english, line)
  expect(await ink(withName, 150, 372)).toBeCloseTo(await ink(same, 150, 372), 3)
})
