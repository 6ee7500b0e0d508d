/** A piece of XML, made by `element`: text that is none becomes text in it. */
export class Xml {
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  toString(): string {
    return this.#source
  }
}

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

/** What XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/**
 * A text as it stands in XML or HTML. Tabs and line ends would be read as spaces in an attribute, and
 * carriage returns as line ends.
 */
export function escapeText(text: string): string {
  return text.replace(UNWRITABLE, '').replace(/[&<>"\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
