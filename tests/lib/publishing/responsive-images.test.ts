import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makePictures } from '#lib/publishing/responsive-images.ts'
import { inspectPicture } from '#lib/story/inspect-picture.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-pictures-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const made = () => join(folder, 'made')
const make = (...paths: string[]) =>
  makePictures(paths, folder, made(), join(folder, 'pictures.json'))
const draw = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a63' } })
const fileOf = (address: string) => join(made(), address.split('/').at(-1)!)
const copiesOf = (srcSet: string) =>
  srcSet.split(', ').map((copy) => {
    const [address, width] = copy.split(' ')
    return { file: fileOf(address!), width: Number.parseInt(width!, 10) }
  })

test('a photograph is made into AVIF and WebP in several widths, none above its own', async () => {
  await draw(700, 350).jpeg().toFile(join(folder, 'harbour.jpg'))
  const { '/harbour.jpg': picture } = await make('/harbour.jpg')
  expect(picture).toMatchObject({ width: 700, height: 350 })
  expect(picture!.sources.map(({ type }) => type)).toEqual(['image/avif', 'image/webp'])
  for (const { srcSet, type } of picture!.sources) {
    const copies = copiesOf(srcSet)
    expect(copies.map(({ width }) => width)).toEqual([160, 400, 640, 700])
    for (const { file, width } of copies) {
      const { width: real, height, format } = await sharp(file).metadata()
      expect([real, height]).toEqual([width, width / 2])
      expect(format).toBe(type === 'image/avif' ? 'heif' : 'webp')
    }
  }
  expect(picture!.src).toMatch(/^\/_next\/static\/media\/harbour-[\da-f]{16}\.jpg$/)
})

test('a picture wider than any screen is offered once at its widest', async () => {
  await draw(2_000, 10).png().toFile(join(folder, 'wide chart #2.png'))
  const { '/wide%20chart%20%232.png': picture } = await make('/wide%20chart%20%232.png')
  for (const { srcSet } of picture!.sources)
    expect(copiesOf(srcSet).map(({ width }) => width)).toEqual([160, 400, 640, 960, 1280, 1920])
  expect(picture!.src).toMatch(/\/wide-chart-2-[\da-f]{16}\.jpg$/)
})

test('a copy stands upright and keeps nothing of what the camera wrote', async () => {
  await draw(400, 200)
    .withExif({
      IFD0: { Copyright: 'B. Photo' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toFile(join(folder, 'turned.jpg'))
  expect(await inspectPicture(join(folder, 'turned.jpg'))).toMatchObject({
    width: 200,
    height: 400,
    hasGpsPosition: true,
  })
  const { '/turned.jpg': picture } = await make('/turned.jpg')
  expect(picture).toMatchObject({ width: 200, height: 400 })
  const files = [
    fileOf(picture!.src),
    ...picture!.sources.flatMap(({ srcSet }) => copiesOf(srcSet).map(({ file }) => file)),
  ]
  for (const file of files) {
    const { exif, orientation = 1, width, height } = await sharp(file).metadata()
    expect(exif).toBeUndefined()
    expect(orientation).toBe(1)
    expect(height).toBeGreaterThan(width)
    expect((await inspectPicture(file)).hasGpsPosition).toBe(false)
  }
})

test('a picture that has not changed is not made again, and copies of one that is gone go', async () => {
  await draw(300, 300).png().toFile(join(folder, 'a.png'))
  await draw(200, 300).png().toFile(join(folder, 'b.png'))
  const { '/a.png': first } = await make('/a.png', '/b.png')
  const before = (await stat(fileOf(first!.src))).mtimeMs
  const { '/a.png': again } = await make('/a.png')
  expect(again).toEqual(first)
  expect((await stat(fileOf(first!.src))).mtimeMs).toBe(before)
  expect((await readdir(made())).filter((name) => name.startsWith('b-'))).toEqual([])

  await draw(301, 300).png().toFile(join(folder, 'a.png'))
  const { '/a.png': changed } = await make('/a.png')
  expect(changed!.src).not.toBe(first!.src)
})

test('one that could be seen through stays so', async () => {
  await sharp({ create: { width: 100, height: 100, channels: 4, background: '#a6300080' } })
    .png()
    .toFile(join(folder, 'glass.png'))
  const { '/glass.png': picture } = await make('/glass.png')
  expect(picture!.src).toMatch(/\.png$/)
  expect((await sharp(fileOf(picture!.src)).metadata()).hasAlpha).toBe(true)
  expect(picture!.isTransparent).toBe(true)
})

test('drawings and what moves stay as they are', async () => {
  await writeFile(
    join(folder, 'map.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>',
  )
  const frames = Buffer.alloc(20 * 40 * 3).fill(200, 20 * 20 * 3)
  await sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
    .gif({ delay: [100, 100] })
    .toFile(join(folder, 'moves.gif'))
  expect(await make('/map.svg', '/moves.gif')).toEqual({
    '/map.svg': { src: '/map.svg', width: 300, height: 200, isTransparent: true, sources: [] },
    '/moves.gif': { src: '/moves.gif', width: 20, height: 20, sources: [] },
  })
})

test.each([
  ['nothing', async () => Buffer.alloc(0)],
  ['a text', async () => Buffer.from('not a picture')],
  ['half a photograph', async () => (await draw(500, 500).jpeg().toBuffer()).subarray(0, 900)],
])('%s is no picture', async (_, content) => {
  await writeFile(join(folder, 'broken.jpg'), await content())
  await expect(inspectPicture(join(folder, 'broken.jpg'))).rejects.toThrow()
})

test('a picture with an alpha channel that hides nothing is not transparent', async () => {
  const background = { r: 9, g: 9, b: 9, alpha: 1 }
  await sharp({ create: { width: 30, height: 30, channels: 4, background } })
    .png()
    .toFile(join(folder, 'solid.png'))
  await writeFile(
    join(folder, 'solid.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><rect width="30" height="30"/></svg>',
  )
  const pictures = await make('/solid.png', '/solid.svg')
  for (const picture of Object.values(pictures)) expect(picture.isTransparent).toBeUndefined()
})
