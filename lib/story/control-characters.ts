import type { Note } from '#lib/story/split-front-matter.ts'

/** Matches control characters but tab and line ends, line separators, embeddings that may stay open, and lost signs. */
const CONTROL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\ufff9-\ufffd]/gu

/** Reports characters in a file that nobody sees or that are broken, once a line. */
export function findControlCharacters(source: string): Note[] {
  return source.split(/\r\n|[\r\n]/).flatMap((text, index) => {
    const [sign] = text.match(CONTROL) ?? []
    if (!sign) return []
    const code = sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    const message = `the line has an invisible or broken character (U+${code}); delete it and retype the words around it`
    return { line: index + 1, message }
  })
}
