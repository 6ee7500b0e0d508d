/** XML that is safe to put into a document as it is; `element` escapes all that is not. */
export class Xml {
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  toString(): string {
    return this.#source
  }
}

/** Makes an element; attributes and children that are strings are escaped. */
export function element(
  name: string,
  attributes: Record<string, string> = {},
  ...children: (Xml | string)[]
): Xml {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(value)}"`)
  const inner = children
    .map((child) => (typeof child === 'string' ? escapeText(child) : child.toString()))
    .join('')
  return new Xml(`<${name}${list.join('')}${inner === '' ? '/>' : `>${inner}</${name}>`}`)
}

/** Characters that XML 1.0 cannot hold, even escaped: https://www.w3.org/TR/xml/#charsets */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/**
 * Escapes a text for XML or HTML, in an attribute too: unescaped there, tabs and line ends would be read as
 * spaces, and carriage returns as line ends.
 */
export function escapeText(text: string): string {
  return text.replace(UNWRITABLE, '').replace(/[&<>"\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
