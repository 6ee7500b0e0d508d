import { ADDRESS_END, UNSPACED_LETTER } from '#lib/address-end.ts'

/** An address that stands in a text: what is put before it to make it a link, and where it ends. */
export type Autolink = { scheme: string; end: number }

const EMAIL = /[\w+.-]+@((?:[\w-]|\.(?=[a-z\d]))*)/iy
const WWW = /www\./iy
const PROTOCOL = /https?:\/\/(?=[^\s\0-\x1f\x7f])/iy

/**
 * Reads addresses that need no sign, as GitHub's Markdown has them
 * (https://github.github.com/gfm/#autolinks-extension-), which end at punctuation of every script, and before which
 * a script without spaces needs none.
 */
export class AutolinkReader {
  readonly #text: string
  /** Parts of the text that were read in vain: signs that end no address, and a domain that is none. */
  #noTrail = { start: 0, end: 0 }
  #noDomain = { start: 0, end: 0 }

  constructor(text: string) {
    this.#text = text
  }

  /** Reads the address that begins at the offset. */
  read(start: number): Autolink | undefined {
    const before = this.#text[start - 1] ?? '\n'
    return (
      (/[\w+.\-/]/.test(before) ? undefined : this.#readEmail(start)) ??
      (/[a-z]/i.test(before) ? undefined : this.#readProtocol(start)) ??
      (mayPrecedeWww(before) ? this.#readWww(start) : undefined)
    )
  }

  #readEmail(start: number): Autolink | undefined {
    EMAIL.lastIndex = start
    const domain = EMAIL.exec(this.#text)?.[1]
    return domain?.includes('.') && /[a-z]$/i.test(domain)
      ? { scheme: 'mailto:', end: EMAIL.lastIndex }
      : undefined
  }

  #readProtocol(start: number): Autolink | undefined {
    PROTOCOL.lastIndex = start
    if (!PROTOCOL.test(this.#text) || isPunctuation(this.#text[PROTOCOL.lastIndex]!)) return
    return this.#readAddress('', PROTOCOL.lastIndex)
  }

  #readWww(start: number): Autolink | undefined {
    WWW.lastIndex = start
    return WWW.test(this.#text) && !isEnd(this.#text[WWW.lastIndex])
      ? this.#readAddress('http://', start)
      : undefined
  }

  #readAddress(scheme: string, start: number): Autolink | undefined {
    const domainEnd = this.#domainEnd(start)
    return domainEnd === undefined ? undefined : { scheme, end: this.#pathEnd(domainEnd) }
  }

  /** Returns where a domain ends; nothing when one of its last two parts has an underscore. */
  #domainEnd(start: number): number | undefined {
    if (start >= this.#noDomain.start && start < this.#noDomain.end) return
    /** Offsets of the last underscore, and of the last two dots. */
    let [underscore, lastDot, dotBefore] = [-1, -1, -1]
    let offset = start
    for (; ; offset++) {
      const sign = this.#text[offset]
      if (sign === '.' || sign === '_') {
        if (this.#isTrail(offset)) break
        if (sign === '_') underscore = offset
        else [dotBefore, lastDot] = [lastDot, offset]
      } else if (sign === undefined || /\s/.test(sign)) break
      else if (sign !== '-' && isPunctuation(sign)) break
    }
    if (offset === start) return
    if (underscore < start || underscore < dotBefore) return offset
    this.#noDomain = { start, end: underscore + 1 }
  }

  #pathEnd(start: number): number {
    let [opened, closed] = [0, 0]
    for (let offset = start; ; offset++) {
      const sign = this.#text[offset]
      if (sign === undefined || /\s/.test(sign) || isEnd(sign)) return offset
      if (sign === '(') opened++
      else if (sign === ')' && closed < opened) closed++
      else if (/[!"&')*,.:;<?\]_~]/.test(sign)) {
        if (this.#isTrail(offset)) return offset
        if (sign === ')') closed++
      }
    }
  }

  /** Tells whether nothing but punctuation comes before the end: it is not part of an address. */
  #isTrail(start: number): boolean {
    if (start >= this.#noTrail.start && start < this.#noTrail.end) return false
    for (let offset = start; ; offset++) {
      const sign = this.#text[offset]
      if (sign === undefined || sign === '<' || /\s/.test(sign) || isEnd(sign)) return true
      if (sign === ']' && endsBracket(this.#text[offset + 1])) return true
      if (sign === '&') {
        offset++
        const nameStart = offset
        while (/[a-z]/i.test(this.#text[offset] ?? '')) offset++
        if (offset > nameStart && this.#text[offset] === ';') continue
      } else if (/[!"')*,.:;?\]_~]/.test(sign)) continue
      this.#noTrail = { start, end: offset }
      return false
    }
  }
}

function mayPrecedeWww(character: string): boolean {
  return /[ \t\r\n(*_[\]~]/.test(character) || isEnd(character) || UNSPACED_LETTER.test(character)
}

/** Tells whether the text ends, or a sign that ends addresses. */
function isEnd(character: string | undefined): boolean {
  return character === undefined || ADDRESS_END.test(character)
}

function endsBracket(next: string | undefined): boolean {
  return next === undefined || /[\s([]/.test(next) || isEnd(next)
}

/** Tells whether a character of the basic plane is punctuation or a symbol. */
function isPunctuation(character: string): boolean {
  return /[\p{P}\p{S}]/u.test(character)
}
