/** The address of a link, and the offset after its closing parenthesis. */
export type Resource = { address: string; end: number }

const WHITE_SPACE = /[ \t\r\n]*/y
const IN_BRACKETS = /<((?:[^<>\\\r\n]|\\[<>\\]|\\(?![<>\\]))*)>/y
const ESCAPES = /\\([!-/:-@[-`{-~])/g
/** Deepest nesting of parentheses in an address, as in CommonMark: bounds how often it is read. */
const MAX_PARENTHESES = 32

/** Reads what follows the text of links: an address and perhaps a title, in parentheses. */
export class ResourceReader {
  readonly #text: string
  /** For each sign that ends a title: the offset of the next one that is not escaped, by offset. */
  readonly #titleEnds = new Map<string, Int32Array>()

  constructor(text: string) {
    this.#text = text
  }

  /** Reads from behind the opening parenthesis. */
  read(start: number): Resource | undefined {
    let offset = this.#afterWhiteSpace(start)
    let address = ''
    if (this.#text[offset] !== ')') {
      const destination = this.#readDestination(offset)
      if (!destination) return
      address = destination.address
      offset = this.#afterWhiteSpace(destination.end)
      if (offset > destination.end) offset = this.#afterWhiteSpace(this.#afterTitle(offset))
    }
    return this.#text[offset] === ')' ? { address, end: offset + 1 } : undefined
  }

  #afterWhiteSpace(offset: number): number {
    WHITE_SPACE.lastIndex = offset
    WHITE_SPACE.test(this.#text)
    return WHITE_SPACE.lastIndex
  }

  #readDestination(start: number): Resource | undefined {
    if (this.#text[start] === '<') {
      IN_BRACKETS.lastIndex = start
      const address = IN_BRACKETS.exec(this.#text)?.[1]
      return address === undefined
        ? undefined
        : { address: withoutEscapes(address), end: IN_BRACKETS.lastIndex }
    }
    const end = this.#destinationEnd(start)
    return end === undefined || end === start
      ? undefined
      : { address: withoutEscapes(this.#text.slice(start, end)), end }
  }

  #destinationEnd(start: number): number | undefined {
    let depth = 0
    for (let offset = start; ; offset++) {
      const sign = this.#text[offset]
      if (sign === undefined || /[ \t\r\n)]/.test(sign)) {
        if (depth === 0) return offset
        if (sign !== ')') return
        depth--
      } else if (sign === '(') {
        if (depth === MAX_PARENTHESES) return
        depth++
      } else if (sign < ' ' || sign === '\x7f') return
      else if (sign === '\\' && /[()\\]/.test(this.#text[offset + 1] ?? '')) offset++
    }
  }

  /** Returns the offset after a title; that of its beginning, where no address can end, if it has no end. */
  #afterTitle(start: number): number {
    const sign = this.#text[start]
    if (sign !== '"' && sign !== "'" && sign !== '(') return start
    const end = this.#nextUnescaped(sign === '(' ? ')' : sign, start + 1)
    return end < this.#text.length ? end + 1 : start
  }

  #nextUnescaped(sign: string, offset: number): number {
    let ends = this.#titleEnds.get(sign)
    if (!ends) {
      ends = nextUnescaped(this.#text, sign)
      this.#titleEnds.set(sign, ends)
    }
    return ends[offset] ?? this.#text.length
  }
}

/** Lists for each offset where the sign comes next without a backslash before it; else the text's length. */
function nextUnescaped(text: string, sign: string): Int32Array {
  const isEscaped = new Uint8Array(text.length + 2)
  for (let offset = 0; offset < text.length; offset++)
    if (text[offset] === '\\' && !isEscaped[offset]) isEscaped[offset + 1] = 1
  const ends = new Int32Array(text.length + 1).fill(text.length)
  for (let offset = text.length - 1; offset >= 0; offset--)
    ends[offset] = text[offset] === sign && !isEscaped[offset] ? offset : ends[offset + 1]!
  return ends
}

/** Removes the backslashes before signs that they made text of. */
export function withoutEscapes(text: string): string {
  return text.replace(ESCAPES, '$1')
}
