import { createHash } from 'node:crypto'
import { stripTypeScriptTypes } from 'node:module'
import { minify } from 'terser'
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
export function makeDocument(
  html: string,
  loader: string,
  { countsView }: { countsView: boolean },
): Document {
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
  const text = [...styles.map(({ href }) => loadStyle(href)), ...data].join(';\n')
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
 * Next repeats the stylesheet, the story and its data for React, each as a row of text after its length in bytes:
 * `2:T6624,`. They stand in the page already, and are read there.
 */
function withoutRepeats(scripts: string[], styles: Style[], html: string): string[] {
  const texts = scripts.map(textOf)
  const sources = texts.map((text) => text && sourceOf(text, styles, html))
  return scripts.map((script, index) => {
    if (sources[index]) return sources[index]
    const header = sources[index + 1] && texts[index]?.match(/^(.*)T[\da-f]+,$/s)?.[1]
    return header === undefined ? script : push(JSON.stringify(header))
  })
}

/** What a script of Next's hands to React. */
function textOf(script: string): string | undefined {
  const pushed = script.match(/^self\.__next_f\.push\(\[1,(".*")\]\)$/s)?.[1]
  return pushed && JSON.parse(pushed)
}

/** A script that reads a text from the page, if it is there. */
function sourceOf(text: string, styles: Style[], html: string): string | undefined {
  const style = styles.find((style) => style.text === text)
  if (style) return repeat(`style[data-href="${style.href}"]`, 'textContent')
  if (html.includes(`<div class="prose story">${text}</div>`)) return repeat('.story', 'innerHTML')
  if (html.includes(`<script type="application/ld+json">${text}</script>`))
    return repeat('[type="application/ld+json"]', 'textContent')
}

function repeat(selector: string, property: string): string {
  const length = '"T"+new TextEncoder().encode(text).length.toString(16)+","'
  const read = `document.querySelector(${JSON.stringify(selector)}).${property}`
  return `(text=>{${push(length)};${push('text')}})(${read})`
}

function push(expression: string): string {
  return `self.__next_f.push([1,${expression}])`
}

function starts(script: string): boolean {
  return script.includes('runtimeModuleIds')
}

/** The loader's source as it stands in pages. */
export async function minifyLoader(source: string): Promise<string> {
  const { code } = await minify(stripTypeScriptTypes(source), {
    compress: { passes: 3, unsafe_arrows: true },
    mangle: { toplevel: true },
    toplevel: true,
  })
  return code!.replace(/;$/, '')
}
