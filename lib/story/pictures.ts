import { readFileSync } from 'node:fs'

/** What pages need to show a picture. */
export type Picture = {
  src: string
  /** Pixels of the publisher's file; missing in `next dev`. */
  width?: number
  height?: number
  /** Whether the page would be seen through it. */
  isTransparent?: boolean
  /** Copies in other formats and widths, the best format first. */
  sources: { type: string; srcSet: string }[]
}

/** Pictures by their paths in `public/`. */
export type Pictures = Record<string, Picture>

/** Holds the pictures that the build has resized; the list is the JSON of `Pictures`. */
export const RESIZED_FOLDER = '.next/cache/pictures'
export const RESIZED_LIST = '.next/cache/pictures.json'

/** Values of `sizes` for pictures as wide as the text, and as the sheet. */
export const TEXT_SIZES = '(min-width: 41rem) 38rem, calc(100vw - 2.8125rem)'
export const SHEET_SIZES =
  '(min-width: 100rem) 94.5rem, (min-width: 75rem) 72rem, (min-width: 64rem) calc(100vw - 2.8125rem), (min-width: 41rem) 38rem, calc(100vw - 2.8125rem)'

/** Reads the list of resized pictures; it is empty in `next dev`, which shows the publisher's files. */
export function readResizedPictures(): Pictures {
  if (process.env.NODE_ENV !== 'production') return {}
  try {
    return JSON.parse(readFileSync(/*turbopackIgnore: true*/ RESIZED_LIST, 'utf8')) as Pictures
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

/** Returns a picture by its path; one that was not resized is shown as it is. */
export function findPicture(path: string, pictures: Pictures): Picture {
  return pictures[path] ?? { src: path, sources: [] }
}
