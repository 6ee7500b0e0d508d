import { createHash, timingSafeEqual } from 'node:crypto'

/** Takes as long whatever the first difference is; hashes are of one length. */
export function isSameSecret(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}

/** What a request carries as `Authorization: Bearer …`. */
export function bearerOf(request: Request): string | undefined {
  return request.headers.get('authorization')?.match(/^Bearer (\S+)$/i)?.[1]
}
