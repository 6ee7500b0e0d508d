import {
  classifyCharacter,
  classifyPrecedingCharacter,
  isCjk,
  isCjkOrIvs,
  isNonCjkPunctuation,
  isSpaceOrPunctuation,
  isUnicodeWhitespace,
} from 'micromark-extension-cjk-friendly-util'
import { AutolinkReader } from '#lib/comments/autolinks.ts'
import { resolveEmphasis, type Token } from '#lib/comments/emphasis.ts'
import { ResourceReader } from '#lib/comments/link-resources.ts'

/** A part of a paragraph; `source` is what was typed for it. */
export type Inline =
  | string
  | { type: 'break' }
  | { type: 'code'; text: string }
  | { type: 'emphasis' | 'strong'; children: Inline[]; source: string }
  | { type: 'link'; address: string; children: Inline[]; source: string }

/** Finds the next character that may be a sign, or the beginning of an address. */
const SIGN =
  /[\\`*_[\]<\r\n]|(?<![\w+.\-/])[\w+.-]+@|(?<![a-z])https?:\/\/|(?<![a-z\d+.\-/])www\./gi
const ESCAPE = /\\([!-/:-@[-`{-~])/y
const ESCAPED_LINE_END = /\\(\r\n|\r|\n)[ \t]*/y
const LINE_END = /(\r\n|\r|\n)[ \t]*/y
const ROW = /\*+|_+|`+/y
const ADDRESS_IN_BRACKETS = /<([a-z][a-z\d+.-]{1,31}:[^\0-\x20<>\x7f]*)>/iy
const EMAIL_LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?'
const EMAIL_IN_BRACKETS = new RegExp(
  `<([\\w.!#$%&'*+/=?^\`{|}~-]+@${EMAIL_LABEL}(?:\\.${EMAIL_LABEL})*)>`,
  'iy',
)

/**
 * Parses what stands in lines as CommonMark does (https://spec.commonmark.org), with emphasis beside Chinese and
 * Japanese punctuation (https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md) and GitHub's
 * addresses that need no sign, without pictures, HTML, references to definitions and to characters. Looks at each
 * character a bounded number of times.
 */
export function parseInline(text: string): Inline[] {
  return new InlineParser(text).parse()
}

class InlineParser {
  readonly #text: string
  readonly #autolinks: AutolinkReader
  readonly #resources: ResourceReader
  #tokens: Token[] = []
  /** Brackets that were opened: their place among the tokens, and whether a link may begin there. */
  readonly #brackets: { token: number; start: number; mayBeLink: boolean }[] = []
  #offset = 0

  constructor(text: string) {
    this.#text = text
    this.#autolinks = new AutolinkReader(text)
    this.#resources = new ResourceReader(text)
  }

  parse(): Inline[] {
    while (this.#offset < this.#text.length) {
      SIGN.lastIndex = this.#offset
      const next = SIGN.exec(this.#text)?.index ?? this.#text.length
      if (next > this.#offset) this.#addText(next)
      else if (!this.#parseSign()) this.#addText(this.#offset + 1)
    }
    this.#trimEnd()
    return resolveEmphasis(this.#tokens, this.#text)
  }

  #addText(end: number): void {
    this.#tokens.push(this.#text.slice(this.#offset, end))
    this.#offset = end
  }

  /** Parses what begins with the sign at the offset; returns whether it is more than text. */
  #parseSign(): boolean {
    switch (this.#text[this.#offset]) {
      case '\\':
        return this.#parseEscape()
      case '\r':
      case '\n':
        return this.#parseLineEnd()
      case '`':
        return this.#parseCode()
      case '[':
        return this.#openBracket()
      case ']':
        return this.#closeBracket()
      case '<':
        return this.#parseAddressInBrackets()
      case '*':
        return this.#parseDelimiters()
      case '_':
        return this.#parseAutolink() || this.#parseDelimiters()
      default:
        return this.#parseAutolink()
    }
  }

  /** Matches a sticky expression at the offset and moves over it. */
  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#offset
    const found = pattern.exec(this.#text)
    if (found) this.#offset = pattern.lastIndex
    return found ?? undefined
  }

  #parseEscape(): boolean {
    const escaped = this.#take(ESCAPE)
    if (escaped) this.#tokens.push(escaped[1]!)
    else if (this.#take(ESCAPED_LINE_END)) this.#tokens.push({ type: 'break' })
    else return false
    return true
  }

  #parseLineEnd(): boolean {
    this.#trimEnd()
    this.#take(LINE_END)
    this.#tokens.push({ type: 'break' })
    return true
  }

  /** Removes the white space before the end of a line. */
  #trimEnd(): void {
    const last = this.#tokens.at(-1)
    if (typeof last === 'string') this.#tokens[this.#tokens.length - 1] = trimEnd(last)
  }

  #parseCode(): boolean {
    const start = this.#offset
    const length = this.#take(ROW)![0].length
    const close = this.#closingBackticks(length)
    if (close === undefined) this.#tokens.push(this.#text.slice(start, this.#offset))
    else {
      const text = this.#text.slice(this.#offset, close)
      this.#tokens.push({ type: 'code', text: withoutPadding(text) })
      this.#offset = close + length
    }
    return true
  }

  /** Rows of backticks by their length, the next one last. */
  #backticks: Map<number, RegExpExecArray[]> | undefined

  /** Finds the next row of so many backticks. */
  #closingBackticks(length: number): number | undefined {
    this.#backticks ??= Map.groupBy(
      [...this.#text.matchAll(/`+/g)].reverse(),
      ([row]) => row.length,
    )
    const rows = this.#backticks.get(length) ?? []
    while (rows.length > 0 && rows.at(-1)!.index < this.#offset) rows.pop()
    return rows.at(-1)?.index
  }

  #parseAddressInBrackets(): boolean {
    const start = this.#offset
    const email = this.#take(EMAIL_IN_BRACKETS)
    const text = (email ?? this.#take(ADDRESS_IN_BRACKETS))?.[1]
    if (text === undefined) return false
    this.#addLink(email ? `mailto:${text}` : text, [text], start)
    return true
  }

  #parseAutolink(): boolean {
    // In brackets, which may become a link, an address is text.
    if (this.#brackets.length > 0) return false
    const start = this.#offset
    const found = this.#autolinks.read(start)
    if (!found) return false
    this.#offset = found.end
    this.#addLink(
      found.scheme + this.#text.slice(start, found.end),
      [this.#text.slice(start, found.end)],
      start,
    )
    return true
  }

  #addLink(address: string, children: Inline[], start: number): void {
    const source = this.#text.slice(start, this.#offset)
    this.#tokens.push({ type: 'link', address, children, source })
  }

  #openBracket(): boolean {
    this.#brackets.push({ token: this.#tokens.length, start: this.#offset, mayBeLink: true })
    return false
  }

  #closeBracket(): boolean {
    const bracket = this.#brackets.pop()
    if (!bracket?.mayBeLink || this.#text[this.#offset + 1] !== '(') return false
    const resource = this.#resources.read(this.#offset + 2)
    if (!resource) return false
    // The first token of the link is its bracket.
    const [, ...label] = this.#tokens.splice(bracket.token)
    this.#offset = resource.end
    this.#addLink(resource.address, resolveEmphasis(label, this.#text), bracket.start)
    // Links have no links in them. Brackets before one that was marked are marked already.
    for (let i = this.#brackets.length - 1; this.#brackets[i]?.mayBeLink; i--)
      this.#brackets[i]!.mayBeLink = false
    return true
  }

  #parseDelimiters(): boolean {
    const start = this.#offset
    const sign = this.#take(ROW)![0][0]!
    const end = this.#offset
    const before = this.#classifyBefore(start)
    const after = classifyCharacter(this.#text.codePointAt(end) ?? null)
    const isBeforeOutside = isSpaceOrNonCjkPunctuation(before)
    const isAfterOutside = isSpaceOrNonCjkPunctuation(after)
    const left =
      !isAfterOutside || (isNonCjkPunctuation(after) && (isBeforeOutside || isCjkOrIvs(before)))
    const right =
      !isBeforeOutside || (isNonCjkPunctuation(before) && (isAfterOutside || isCjk(after)))
    const isStar = sign === '*'
    const canOpen = isStar ? left : left && (isSpaceOrPunctuation(before) || !right)
    const canClose = isStar ? right : right && (isSpaceOrPunctuation(after) || !left)
    this.#tokens.push({
      type: 'delimiters',
      sign,
      start,
      end,
      canOpen,
      canClose,
      opened: [],
      closed: [],
    })
    return true
  }

  /** Classifies the character before an offset, with a variation selector by what it varies. */
  #classifyBefore(offset: number) {
    const previous = codePointBefore(this.#text, offset)
    const width = previous !== null && previous > 0xffff ? 2 : 1
    return classifyPrecedingCharacter(
      classifyCharacter(previous),
      () => codePointBefore(this.#text, offset - width),
      previous,
    )
  }
}

/** Returns the code point that ends before an offset; nothing at the beginning. */
function codePointBefore(text: string, offset: number): number | null {
  if (offset <= 0) return null
  const pair = text.codePointAt(offset - 2) ?? 0
  return pair > 0xffff ? pair : text.charCodeAt(offset - 1)
}

function isSpaceOrNonCjkPunctuation(category: ReturnType<typeof classifyCharacter>): boolean {
  return isUnicodeWhitespace(category) || isNonCjkPunctuation(category)
}

function trimEnd(text: string): string {
  let end = text.length
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--
  return text.slice(0, end)
}

/** Removes one space or line end from both ends of code, unless there is nothing else in it. */
function withoutPadding(code: string): string {
  return /^[ \r\n]/.test(code) && /[ \r\n]$/.test(code) && /[^ \r\n]/.test(code)
    ? code.replace(/^(?: |\r\n|\r|\n)/, '').replace(/(?: |\r\n|\r|\n)$/, '')
    : code
}
