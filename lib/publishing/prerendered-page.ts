import { stripTypeScriptTypes } from 'node:module'
import { minify } from 'terser'
import { contentSecurityPolicy, hashOf } from '#lib/http/security-headers.ts'
import { criticalCss } from '#lib/publishing/critical-css.ts'
import { RESTORE_APPEARANCE } from '#lib/browser/reading/restore-appearance.ts'

/** What a page that Next has prerendered gets. */
export type Additions = {
  /** The loader's script; see `minifyLoader`. */
  loader: string
  /** The addresses of the scripts that it loads. */
  scripts: string[]
  /** Reads a stylesheet by its address. */
  readStyle: (address: string) => string
  /** The `@font-face` rules of the display face. */
  fontFaces: string
  /** Makes the test whether a selector may match something of a page. */
  matches: (html: string) => (selector: string) => boolean
  /** Whether opening the page counts as a view. */
  countsView: boolean
  /** Whether its scripts are loaded at once, not when the reader first does something. */
  loadsNow: boolean
}

/** Scripts (and structured data), and preloads of Next's scripts and styles. */
const SCRIPT = /<script\b([^<>]*)>(.*?)(?:<\/script>|$)/gs
const PRELOAD = /<link\b[^<>]*?\bas="(?:script|style)"[^<>]*>/g
const STYLESHEET = /<link rel="stylesheet" href="([^"<]+)"[^<>]*>/g

/**
 * Makes the page that the server sends from one that Next has prerendered: without Next's scripts, with
 * its critical style in the head, and with the loader at the end.
 *
 * @returns the page, and its Content-Security-Policy
 */
export function makeServedPage(
  html: string,
  { loader, scripts, readStyle, fontFaces, matches, countsView, loadsNow }: Additions,
): { html: string; policy: string } {
  const bare = html
    .replace(PRELOAD, '')
    .replace(SCRIPT, (element, attributes: string, text: string) =>
      attributes.includes('application/ld+json') || text === RESTORE_APPEARANCE ? element : '',
    )
  const addresses = [...bare.matchAll(STYLESHEET)].map(([, address]) => address!)
  const critical = fontFaces + criticalCss(addresses.map(readStyle).join(''), matches(bare))
  const sources = [...addresses, ...scripts].join(' ')
  const flags = `${countsView ? ' data-view="1"' : ''}${loadsNow ? ' data-now="1"' : ''}`
  const script = `<script data-src="${sources}"${flags}>${loader}</script>`
  return {
    html: bare
      .replace(STYLESHEET, '')
      // Programs that preview a link read the first few kilobytes: what says what the page is comes first.
      .replace('</head>', () => `<style>${critical}</style></head>`)
      .replace('</body>', () => `${script}</body>`),
    policy: contentSecurityPolicy(
      [hashOf(RESTORE_APPEARANCE), hashOf(loader), "'strict-dynamic'"],
      [hashOf(critical), "'self'"],
    ),
  }
}

/** Minifies the loader's TypeScript source to the script that is inlined into pages. */
export async function minifyLoader(source: string): Promise<string> {
  const { code } = await minify(stripTypeScriptTypes(source), {
    compress: { passes: 3, unsafe_arrows: true },
    toplevel: true,
  })
  return code!.replace(/;$/, '')
}
