// Tests lib/publishing/share-card.ts, lib/publishing/story-card.ts, lib/publishing/icons.ts
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { CARD, drawShareCard } from '#lib/publishing/share-card.ts'

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
  const { png, missing } = await card(language, headline)
  expect(missing).toEqual([])
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', ...CARD })
  expect(await ink(png, 150, 372)).toBeGreaterThan(0.02)
  // Nothing comes near the edges.
  expect(await ink(png, 0, CARD.height, 0, 60)).toBe(0)
})

test('the same story makes the same card, byte for byte', async () => {
  const [first, second] = [await card('en', 'Once'), await card('en', 'Once')]
  expect(first.png.equals(second.png)).toBe(true)
})

test('what no font has is named and left out, and markup is text', async () => {
  const { png, missing } = await card('en', 'Up 🚀 & <b>away</b> 🚀')
  expect(missing).toEqual(['🚀'])
  const without = await card('en', 'Up  & <b>away</b>')
  expect(png.equals(without.png)).toBe(true)
  expect((await card('en', '🚀')).png.length).toBeLessThan(png.length)
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
    expect(await ink(long.png, top, height)).toBeCloseTo(await ink(short.png, top, height), 3)
})
