import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPictureFile, pictureFile } from '#lib/story/picture-files.ts'

const FILES = [
  'my chart #2.svg',
  '50% up.svg',
  'my photo.jpg',
  'Harbour.JPG',
  'maps/Häfen.png',
  'a%20b.png',
]
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-'))
  await mkdir(join(folder, 'maps'))
  for (const file of FILES) await writeFile(join(folder, file), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  ['/my chart #2.svg', '/my%20chart%20%232.svg'],
  ['/50% up.svg', '/50%25%20up.svg'],
  ['/my%20photo.jpg', '/my%20photo.jpg'],
  ['/public/my photo.jpg', '/my%20photo.jpg'],
  ['public/Harbour.JPG', '/Harbour.JPG'],
  ['./harbour.jpg', '/Harbour.JPG'],
  ['maps\\häfen.PNG', '/maps/H%C3%A4fen.png'],
  ['/maps/Ha\u0308fen.png', '/maps/H%C3%A4fen.png'],
  ['/a%20b.png', '/a%2520b.png'],
])('%s is found', (written, address) => {
  expect(findPictureFile(written, folder)).toEqual({ address, isThere: true })
  expect(FILES.map((file) => join(folder, file))).toContain(pictureFile(address, folder))
})

test('of a picture that is not there the nearest is named', () => {
  expect(findPictureFile('/harbor.jpg', folder)).toEqual({
    address: '/harbor.jpg',
    isThere: false,
    nearest: '/Harbour.JPG',
  })
  expect(findPictureFile('/x.jpg', join(folder, 'none'))).toEqual({
    address: '/x.jpg',
    isThere: false,
  })
})
