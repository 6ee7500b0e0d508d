import { SaxesParser } from 'saxes'

/** Reads XML by two parsers: a strict one that throws at what is not well-formed, and the browser's. */
export function parseXml(text: string): Document {
  const strict = new SaxesParser({ xmlns: true })
  strict.on('error', (error) => {
    throw error
  })
  strict.write(text).close()
  return new DOMParser().parseFromString(text, 'application/xml')
}
