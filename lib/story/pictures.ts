import { readFileSync } from 'node:fs'

/** A picture as pages show it. */
export type Picture = {
  src: string
  /** The original's, in pixels; not known before a build. */
  width?: number
  height?: number
  /** The same in other formats and sizes, the best format first. */
  sources: { type: string; srcSet: string }[]
}

/** Pictures by their paths in `public/`. */
export type Pictures = Record<string, Picture>

/** Where the build keeps what it makes of pictures, and the list of it. */
export const PICTURES = '.next/cache/pictures'
export const PICTURE_LIST = '.next/cache/pictures.json'

/** As wide as the text, and as the sheet, in the units of `sizes`. */
export const TEXT_SIZES = '(min-width: 41rem) 38rem, calc(100vw - 2.8125rem)'
export const SHEET_SIZES = '(min-width: 65rem) 62rem, calc(100vw - 2.8125rem)'

/** What the build has made of the publisher's pictures; `next dev` shows them as they are. */
export function readPictures(): Pictures {
  if (process.env.NODE_ENV !== 'production') return {}
  try {
    return JSON.parse(readFileSync(/*turbopackIgnore: true*/ PICTURE_LIST, 'utf8')) as Pictures
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

/** One that the build has not made anything of is shown as it is. */
export function pictureOf(path: string, pictures: Pictures): Picture {
  return pictures[path] ?? { src: path, sources: [] }
}
