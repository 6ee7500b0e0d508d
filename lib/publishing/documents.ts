import { stripTypeScriptTypes } from 'node:module'
import { minify } from 'terser'
import { contentSecurityPolicy, hashOf } from '#lib/http/security-headers.ts'
import { criticalStyle } from '#lib/publishing/critical-css.ts'
import { RESTORE_APPEARANCE } from '#lib/browser/reading/restore-appearance.ts'

/** What the build adds to a page that Next has prerendered. */
export type Additions = {
  /** The loader's script; see `minifyLoader`. */
  loader: string
  /** The addresses of the scripts that it loads. */
  scripts: string[]
  /** Reads a stylesheet by its address. */
  readStyle: (address: string) => string
  /** Tells which selectors may match something of this page. */
  matches: (html: string) => (selector: string) => boolean
  /** Whether its views are counted. */
  countsView: boolean
  /** Whether its scripts are loaded before its reader does anything. */
  loadsNow: boolean
}

/** Scripts, data for programs among them, and what asks early for Next's. */
const SCRIPT = /<script\b([^>]*)>(.*?)<\/script>/gs
const PRELOAD = /<link\b[^>]*\bas="(?:script|style)"[^>]*>/g
const STYLESHEET = /<link rel="stylesheet" href="([^"]+)"[^>]*>/g

/**
 * Makes a prerendered page what the server sends: Next's scripts are taken out, the style that it needs
 * stands in its head, and the loader at its end.
 *
 * @returns with the page's Content-Security-Policy
 */
export function makeDocument(
  html: string,
  { loader, scripts, readStyle, matches, countsView, loadsNow }: Additions,
): { html: string; policy: string } {
  const bare = html
    .replace(PRELOAD, '')
    .replace(SCRIPT, (element, attributes: string, text: string) =>
      attributes.includes('application/ld+json') || text === RESTORE_APPEARANCE ? element : '',
    )
  const addresses = [...bare.matchAll(STYLESHEET)].map(([, address]) => address!)
  const critical = criticalStyle(addresses.map(readStyle).join(''), matches(bare))
  const sources = [...addresses, ...scripts].join(' ')
  const does = `${countsView ? ' data-view="1"' : ''}${loadsNow ? ' data-now="1"' : ''}`
  const script = `<script data-src="${sources}"${does}>${loader}</script>`
  return {
    html: bare
      .replace(STYLESHEET, (_, address) =>
        address === addresses[0] ? `<style>${critical}</style>` : '',
      )
      .replace('</body>', () => `${script}</body>`),
    policy: contentSecurityPolicy(
      [hashOf(RESTORE_APPEARANCE), hashOf(loader), "'strict-dynamic'"],
      [hashOf(critical), "'self'"],
    ),
  }
}

/** Makes of the loader's source the script that stands in pages. */
export async function minifyLoader(source: string): Promise<string> {
  const { code } = await minify(stripTypeScriptTypes(source), {
    compress: { passes: 3, unsafe_arrows: true },
    toplevel: true,
  })
  return code!.replace(/;$/, '')
}
