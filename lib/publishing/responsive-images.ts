import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { pictureFile } from '#lib/story/picture-files.ts'
import { type Picture, RESIZED_LIST, RESIZED_FOLDER, type Pictures } from '#lib/story/pictures.ts'

/** Widths in pixels: the author's small one, then a phone's to a wide screen's of double density. */
const WIDTHS = [160, 400, 640, 960, 1280, 1920]
/** Browsers that know neither AVIF nor WebP get one picture of at most this width. */
const FALLBACK_WIDTH = 960
/** The version of this code in every file name: raise it when the same picture would be made otherwise. */
const VERSION = 2
const ADDRESS = '/_next/static/media'

/**
 * Makes AVIF and WebP copies of pictures in `publicFolder` in several widths, none wider than the
 * picture itself: upright, in sRGB and without metadata. They are kept in `folder` under names with a
 * hash of the picture, so that one that has not changed costs nothing; copies of other pictures are
 * removed. SVG and animations are not resized.
 *
 * @returns the pictures by their paths, also written to `list`
 */
export async function makePictures(
  paths: string[],
  publicFolder = 'public',
  folder = RESIZED_FOLDER,
  list = RESIZED_LIST,
): Promise<Pictures> {
  await mkdir(folder, { recursive: true })
  const pictures: Pictures = {}
  const names: string[] = []
  for (const path of new Set(paths)) {
    const { name, picture } = await resize(path, publicFolder, folder)
    pictures[path] = picture
    names.push(name)
  }
  for (const file of await readdir(folder))
    if (!names.some((name) => file.startsWith(name))) await rm(join(folder, file))
  await writeFile(list, JSON.stringify(pictures))
  return pictures
}

/** Makes the copies of a picture, unless they are there from an earlier build. */
async function resize(
  path: string,
  publicFolder: string,
  folder: string,
): Promise<{ name: string; picture: Picture }> {
  const file = await readFile(pictureFile(path, publicFolder))
  const hash = createHash('sha256').update(`${VERSION} `).update(file).digest('hex').slice(0, 16)
  const name = `${parse(path).name.replace(/(?:%[\dA-F]{2}|[^\w-])+/g, '-')}-${hash}`
  const record = join(folder, `${name}.json`)
  try {
    return { name, picture: JSON.parse(await readFile(record, 'utf8')) as Picture }
  } catch {}
  const picture = await makeCopies(file, path, name, folder)
  // Written last and in one step: where the record is, all copies are complete.
  await writeFile(`${record}.new`, JSON.stringify(picture))
  await rename(`${record}.new`, record)
  return { name, picture }
}

async function makeCopies(
  file: Buffer,
  path: string,
  name: string,
  folder: string,
): Promise<Picture> {
  const image = sharp(file, { failOn: 'truncated' })
  const { format, pages = 1, hasAlpha, autoOrient } = await image.metadata()
  const { width, height } = autoOrient
  const isTransparent = hasAlpha && !(await image.stats()).isOpaque
  const shown = { width, height, ...(isTransparent && { isTransparent }) }
  if (format === 'svg' || pages > 1) return { src: path, ...shown, sources: [] }

  const upright = image.autoOrient()
  const save = async (copy: Sharp, ending: string) => {
    await copy.toFile(join(folder, `${name}${ending}`))
    return `${ADDRESS}/${name}${ending}`
  }
  const small = upright.clone().resize({ width: Math.min(width, FALLBACK_WIDTH) })
  const src = hasAlpha
    ? await save(small.png({ compressionLevel: 9 }), '.png')
    : await save(small.jpeg({ mozjpeg: true }), '.jpg')
  const widest = Math.min(width, WIDTHS.at(-1)!)
  const widths = [...WIDTHS.filter((step) => step < widest), widest]
  const sources: Picture['sources'] = []
  for (const type of ['avif', 'webp'] as const) {
    const copies = widths.map(async (step) => {
      const copy = upright.clone().resize({ width: step }).toFormat(type)
      return `${await save(copy, `-${step}.${type}`)} ${step}w`
    })
    sources.push({ type: `image/${type}`, srcSet: (await Promise.all(copies)).join(', ') })
  }
  return { src, ...shown, sources }
}
