import { createHash } from 'node:crypto'
import { stripTypeScriptTypes } from 'node:module'
import { minify } from 'terser'
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
 * reader who only reads needs none of them.
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
  const bare = html
    .replace(/<link\b[^>]*\bas="script"[^>]*>/g, '')
    .replace(/<script\b([^>]*)>(.*?)<\/script>/gs, (element, attributes: string, text: string) => {
      if (attributes.includes('application/ld+json')) return element
      const source = attributes.match(/\bsrc="([^"]+)"/)?.[1]
      if (!source) inline.push(withoutStyle(text, styles))
      // Browsers that do not know modules read the page as it is.
      else if (!/nomodule/i.test(attributes)) sources.push(source)
      return ''
    })
  // What starts the runtime comes last, when the page's data is there: files come in any order.
  const text = inline.sort((a, b) => Number(starts(a)) - Number(starts(b))).join(';\n')
  const name = `boot-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.js`
  const src = [`/_next/static/${name}`, ...new Set(sources)].join(' ')
  const script = `<script data-src="${src}"${countsView ? ' data-view="1"' : ''}>${loader}</script>`
  return {
    html: bare.replace('</body>', () => `${script}</body>`),
    policy: contentSecurityPolicy(
      [hashOf(loader), "'strict-dynamic'"],
      [...new Set(styles.map((style) => hashOf(style.text)))],
    ),
    boot: { name, text },
  }
}

/** A stylesheet that Next inlined: its address is its name. */
type Style = { href: string; text: string }

/** Next repeats a stylesheet for React; in the page it stands already. */
function withoutStyle(script: string, styles: Style[]): string {
  const pushed = script.match(/^self\.__next_f\.push\(\[1,(".*")\]\)$/s)?.[1]
  const style = pushed && styles.find(({ text }) => text === JSON.parse(pushed))
  if (!style) return script
  const selector = JSON.stringify(`style[data-href="${style.href}"]`)
  return `self.__next_f.push([1,document.querySelector(${selector}).textContent])`
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
