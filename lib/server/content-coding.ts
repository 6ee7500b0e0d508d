import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib'

/** A content coding, as Accept-Encoding names it; none for bytes as they are. */
export type Coding = 'br' | 'gzip' | undefined

/** All content codings, the best first. */
export const CODINGS: readonly Coding[] = ['br', 'gzip', undefined]

const ACCEPTANCE = { br: acceptance('br'), gzip: acceptance('gzip') }

/** Chooses the best coding that a request accepts. */
export function chooseCoding(accepted: string | undefined): Coding {
  return CODINGS.find((coding) => !coding || (accepted && ACCEPTANCE[coding].test(accepted)))
}

/** Brotli's quality and gzip's level for a page that one reader gets. */
const QUICK = { quality: 5, level: 6 }
/** Brotli's quality and gzip's level for a page that many get within a second: 20 ms of a processor. */
export const GOOD = { quality: 10, level: 6 }
/** Brotli's quality and gzip's level for a page that rests: 50 ms of a processor. */
export const BEST = { quality: 11, level: 9 }
/** Bits of the window in which brotli looks back, 256 KB: more than a page, and 16 times less memory. */
const WINDOW = 18

/** Compresses a page in a thread of Node's pool. */
export async function encode(
  content: Buffer,
  coding: Coding,
  { quality, level }: typeof QUICK = QUICK,
): Promise<Buffer> {
  if (coding === 'gzip') return promisify(gzip)(content, { level })
  if (coding !== 'br') return content
  return promisify(brotliCompress)(content, brotliOptions(content, quality))
}

/** Compresses a document while the process starts: it blocks the thread. */
export function encodeSync(
  content: Buffer,
  coding: Coding,
  { quality, level }: typeof QUICK,
): Buffer {
  if (coding === 'gzip') return gzipSync(content, { level })
  if (coding !== 'br') return content
  return brotliCompressSync(content, brotliOptions(content, quality))
}

function brotliOptions(content: Buffer, quality: number) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: WINDOW,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  }
  return { params }
}

/** Matches an Accept-Encoding header that names this coding and does not give it the weight 0. */
function acceptance(coding: string): RegExp {
  return new RegExp(String.raw`(?:^|[\s,])${coding}\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))`, 'i')
}
