import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { closest } from 'fastest-levenshtein'

const ENDING = /\.(?:avif|gif|jpe?g|png|svg|tiff?|webp)$/i

/** Returns the file of a picture by its address on the site. */
export function pictureFile(address: string, publicFolder = 'public'): string {
  return join(/*turbopackIgnore: true*/ publicFolder, decode(address))
}

/**
 * Holds a picture's address on the site, whose signs are encoded; where it is not there, that of what is
 * written, and the name that is nearest to it.
 */
export type FoundPicture = { address: string; isThere: boolean; nearest?: string }

/**
 * Finds the picture that a publisher names, as it is written or as others write it: with percent signs, with
 * `public` before it, without the first slash, in other case.
 */
export function findPictureFile(written: string, publicFolder = 'public'): FoundPicture {
  const names = filesIn(publicFolder)
  const asked = [written, decode(written)].flatMap((path) => [fromRoot(path), withoutPublic(path)])
  const found =
    names.find((name) => asked.includes(name.normalize('NFC'))) ??
    names.find((name) => asked.some((path) => isSameInAnyCase(path, name)))
  if (found) return { address: encode(found), isThere: true }
  const path = asked.at(-1)!
  const pictures = names.filter((name) => ENDING.test(name))
  return {
    address: encode(path),
    isThere: false,
    ...(pictures.length > 0 && { nearest: closest(path, pictures) }),
  }
}

/** Lists the files of a folder by their paths in it, such as `/maps/harbour.svg`. */
function filesIn(folder: string): string[] {
  if (!existsSync(/*turbopackIgnore: true*/ folder)) return []
  return readdirSync(/*turbopackIgnore: true*/ folder, { recursive: true, withFileTypes: true })
    .filter((file) => !file.isDirectory())
    .map(
      ({ parentPath, name }) => `/${relative(folder, join(parentPath, name)).replaceAll(sep, '/')}`,
    )
}

/** Writes a path with one slash before each of its names. */
function fromRoot(path: string): string {
  return `/${path}`.replace(/[/\\]+(?:\.?[/\\]+)*/g, '/').normalize('NFC')
}

function withoutPublic(path: string): string {
  return fromRoot(path).replace(/^\/public\//, '/')
}

function isSameInAnyCase(path: string, name: string): boolean {
  return path.toLowerCase() === name.normalize('NFC').toLowerCase()
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function encode(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
