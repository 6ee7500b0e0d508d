import { createHash } from 'node:crypto'
import { stripTypeScriptTypes } from 'node:module'
import { selectOne } from 'css-select'
import { parseDocument } from 'htmlparser2'
import { minify, type MinifyOptions } from 'terser'
import { criticalStyle } from '#lib/critical-style.ts'
import { RESTORE_LOOK } from '#lib/restore-look.ts'
import { contentSecurityPolicy, hashOf } from '#lib/policy.ts'

/** A prerendered page as it is served. */
export type Document = {
  html: string
  /** Its Content-Security-Policy. */
  policy: string
  /** What Next had inline, as a file to load before Next's own: its name and its text. */
  boot: { name: string; text: string }
}

/**
 * Takes Next's scripts out of a prerendered page and leaves their addresses to the loader, so that a
 * reader who only reads needs none of them; and of its style what only they need, which they load.
 */
export async function makeDocument(
  html: string,
  loader: string,
  { countsView }: { countsView: boolean },
): Promise<Document> {
  const inline: string[] = []
  const sources: string[] = []
  const styles = [...html.matchAll(/<style\b[^>]*data-href="([^"]*)"[^>]*>(.*?)<\/style>/gs)].map(
    ([, href, text]) => ({ href: href!, text: text! }),
  )
  const withoutScripts = html
    .replace(/<link\b[^>]*\bas="script"[^>]*>/g, '')
    .replace(/<script\b([^>]*)>(.*?)<\/script>/gs, (element, attributes: string, text: string) => {
      if (attributes.includes('application/ld+json') || text === RESTORE_LOOK) return element
      const source = attributes.match(/\bsrc="([^"]+)"/)?.[1]
      if (!source) inline.push(text)
      // Browsers that do not know modules read the page as it is.
      else if (!/nomodule/i.test(attributes)) sources.push(source)
      return ''
    })
  const critical = styles.map(({ text }) => criticalStyle(text, withoutScripts))
  const bare = styles.reduce(
    (page, { text }, index) =>
      page.replace(`>${text}</style>`, () => `>${critical[index]}</style>`),
    withoutScripts,
  )
  // What starts the runtime comes last, when the page's data is there: files come in any order.
  const data = withoutRepeats(inline, styles, html)
  data.sort((a, b) => Number(starts(a)) - Number(starts(b)))
  const text = await minifyScript(
    [...styles.map(({ href }) => loadStyle(href)), ...data].join(';\n'),
  )
  const name = `boot-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.js`
  const src = [`/_next/static/${name}`, ...new Set(sources)].join(' ')
  const script = `<script data-src="${src}"${countsView ? ' data-view="1"' : ''}>${loader}</script>`
  return {
    html: bare.replace('</body>', () => `${script}</body>`),
    policy: contentSecurityPolicy(
      [hashOf(RESTORE_LOOK), hashOf(loader), "'strict-dynamic'"],
      [...new Set(critical.map(hashOf)), "'self'"],
    ),
    boot: { name, text },
  }
}

/** A stylesheet that Next inlined: its address is its name. */
type Style = { href: string; text: string }

/** The whole of it, at an address that is kept for good, after the part that stands in the page. */
function loadStyle(href: string): string {
  const properties = JSON.stringify({ rel: 'stylesheet', href })
  return `document.head.append(Object.assign(document.createElement("link"),${properties}))`
}

/**
 * Next repeats the stylesheet and what is set as HTML for React. They stand in the page already, and are
 * read there: React compares neither, and has them whole where it must make the page anew.
 */
function withoutRepeats(scripts: string[], styles: Style[], html: string): string[] {
  const places = [
    ...styles.map(({ href }) => `style[data-href="${href}"]`),
    ...HTML_PLACES,
  ].flatMap((selector) => placeOf(selector, html))
  const texts = scripts.map(textOf)
  const sources = texts.map((text) => text && places.find((place) => place.text === text))
  return scripts.map((script, index) => {
    const source = sources[index]
    if (source) return pushRow(source)
    const header = sources[index + 1] && texts[index]?.match(/^(.*)T[\da-f]+,$/s)?.[1]
    if (header !== undefined) return push(JSON.stringify(header))
    return texts[index] === undefined ? script : pushAround(texts[index], places)
  })
}

/** Where the story, its author's words and its data for programs stand. */
const HTML_PLACES = ['.story', '#author .prose', '[type="application/ld+json"]']

/** A text in the page, and an expression that reads it there. */
type TextPlace = { text: string; read: string }

function placeOf(selector: string, html: string): TextPlace[] {
  const page = parseDocument(html, { withStartIndices: true, withEndIndices: true })
  const element = selectOne(selector, page)
  if (!element) return []
  const markup = html.slice(element.startIndex!, element.endIndex! + 1)
  const text = markup.slice(markup.indexOf('>') + 1, markup.lastIndexOf('</'))
  const property = /^<(?:script|style)/.test(markup) ? 'textContent' : 'innerHTML'
  const read = `document.querySelector(${JSON.stringify(selector)}).${property}`
  return text ? [{ text, read }] : []
}

/** What a script of Next's hands to React. */
function textOf(script: string): string | undefined {
  const pushed = script.match(/^self\.__next_f\.push\(\[1,(".*")\]\)$/s)?.[1]
  return pushed && JSON.parse(pushed)
}

/** A long text is a row of its own, after its length in bytes: `2:T6624,`. */
function pushRow({ read }: TextPlace): string {
  const length = '"T"+new TextEncoder().encode(text).length.toString(16)+","'
  return `(text=>{${push(length)};${push('text')}})(${read})`
}

/** A short text stands as JSON in a row. */
function pushAround(row: string, places: TextPlace[]): string {
  const place = places.find(({ text }) => row.includes(JSON.stringify(text)))
  if (!place) return push(JSON.stringify(row))
  const [before, ...after] = row.split(JSON.stringify(place.text))
  return [
    pushAround(before!, places),
    push(`JSON.stringify(${place.read})`),
    pushAround(after.join(JSON.stringify(place.text)), places),
  ].join(';')
}

function push(expression: string): string {
  return `self.__next_f.push([1,${expression}])`
}

function starts(script: string): boolean {
  return script.includes('runtimeModuleIds')
}

/** The loader's source as it stands in pages. */
export async function minifyLoader(source: string): Promise<string> {
  return minifyScript(stripTypeScriptTypes(source), { toplevel: true })
}

async function minifyScript(source: string, options?: MinifyOptions): Promise<string> {
  const { code } = await minify(source, {
    compress: { passes: 3, unsafe_arrows: true },
    ...options,
  })
  return code!.replace(/;$/, '')
}
