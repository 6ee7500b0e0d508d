/** Matches signs that Markdown would draw a line for. */
export const THEMATIC_BREAK = /([*_-])[ \t]*(?:\1[ \t]*){2,}$/y
const LIST_MARKER = /(?:([*+-])|(\d{1,9})([.)]))(?=[ \t]|$)/y

/** The marker of a list's item. */
export type ListMarker = {
  /** The sign, or what follows the number: a list has one only. */
  sign: string
  /** The number of an ordered list. */
  start: number | null
  /** Columns by which further lines of the item must be indented. */
  indent: number
  isBlank: boolean
}

/** A place in a line. Columns are counted as if a tab went to the next multiple of four. */
export class Cursor {
  readonly #line: string
  #offset = 0
  #column = 0
  /** Whether the tab at the offset has lost some of its columns. */
  #isInTab = false

  constructor(line: string) {
    this.#line = line
  }

  /** Returns the columns of white space at the cursor. */
  indent(): number {
    let column = this.#column
    for (let offset = this.#offset; ; offset++)
      if (this.#line[offset] === ' ') column++
      else if (this.#line[offset] === '\t') column += 4 - (column % 4)
      else return column - this.#column
  }

  /** Moves over at most so many columns of white space. */
  skip(columns: number): void {
    const end = this.#column + columns
    while (this.#column < end) {
      const sign = this.#line[this.#offset]
      if (sign !== ' ' && sign !== '\t') return
      const next = sign === ' ' ? this.#column + 1 : this.#column + 4 - (this.#column % 4)
      this.#isInTab = next > end
      this.#column = Math.min(next, end)
      if (!this.#isInTab) this.#offset++
    }
  }

  isBlank(): boolean {
    return this.#text() === this.#line.length
  }

  /** Returns what is left of the line; what is left of a tab are spaces. */
  rest(): string {
    if (!this.#isInTab) return this.#line.slice(this.#offset)
    return ' '.repeat(4 - (this.#column % 4)) + this.#line.slice(this.#offset + 1)
  }

  /** Matches a sticky expression after the white space at the cursor. */
  matches(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#text()
    return pattern.exec(this.#line) ?? undefined
  }

  takeQuoteMark(): boolean {
    if (this.#line[this.#text()] !== '>') return false
    this.skip(this.indent())
    this.#advance(1)
    this.skip(1)
    return true
  }

  /**
   * Moves over the marker of a list's item, if there is one.
   *
   * @param sign the only one that is taken
   * @param interrupts whether the line before is of a paragraph: then the item needs a text and, in an
   * ordered list, the number 1
   */
  takeListMarker({
    sign,
    interrupts,
  }: {
    sign?: string
    interrupts?: boolean
  }): ListMarker | undefined {
    const found = this.matches(LIST_MARKER)
    if (!found || this.matches(THEMATIC_BREAK)) return
    const [{ length }, bullet, number, delimiter = ''] = found
    const isBlank = !/[^ \t]/.test(this.#line.slice(found.index + length))
    if (interrupts && (isBlank || (number !== undefined && number !== '1'))) return
    if (sign !== undefined && sign !== (bullet ?? delimiter)) return
    const before = this.indent()
    this.skip(before)
    this.#advance(length)
    const after = isBlank ? 1 : this.indent()
    if (!isBlank) this.skip(after)
    return {
      sign: bullet ?? delimiter,
      start: number === undefined ? null : Number(number),
      indent: before + length + after,
      isBlank,
    }
  }

  isClosingFence(sequence: string): boolean {
    const found = this.matches(/(`{3,}|~{3,})[ \t]*$/y)?.[1]
    return found?.[0] === sequence[0] && found!.length >= sequence.length
  }

  /** Returns the offset of the first character that is no white space. */
  #text(): number {
    let offset = this.#offset
    while (this.#line[offset] === ' ' || this.#line[offset] === '\t') offset++
    return offset
  }

  #advance(characters: number): void {
    this.#offset += characters
    this.#column += characters
  }
}
