// Tests lib/publishing/
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { hashOf } from '#lib/http/security-headers.ts'
import { matchesPage } from '#lib/publishing/critical-css.ts'
import { makeServedPage, minifyLoader } from '#lib/publishing/prerendered-page.ts'
import { RESTORE_APPEARANCE } from '#lib/browser/reading/restore-appearance.ts'

const DATA = '{"@type":"NewsArticle","headline":"A > B"}'
const PAGE = `<!DOCTYPE html><html><head><script>${RESTORE_APPEARANCE}</script><link rel="stylesheet" href="/a.css" data-precedence="next"/><link rel="stylesheet" href="/b.css" data-precedence="next"/>
<link rel="preload" as="script" href="/_next/a.js"/><link rel="icon" href="/icon.svg"/>
<script src="/_next/a.js" async=""></script><script src="/_next/old.js" noModule=""></script></head>
<body><div class="prose story"><p>Text</p></div><script id="_R_">push({"runtimeModuleIds":[1]})</script>
<script>self.__next_f.push([1,"1:[\"type\":\"application/ld+json\"]"])</script>
<script type="application/ld+json">${DATA}</script></body></html>`
const STYLES: Record<string, string> = { '/a.css': 'body{color:red}b{top:0}', '/b.css': 'p{top:0}' }

describe('a document', () => {
  const additions = {
    loader: "load('$&')",
    scripts: ['/islands.js', '/more.js'],
    readStyle: (address: string) => STYLES[address]!,
    fontFaces: '',
    matches: matchesPage,
  }
  const { html, policy } = makeServedPage(PAGE, { ...additions, countsView: true, loadsNow: false })

  test('has two scripts: what restores the look, and at its end the loader, which names all others', () => {
    const scripts = [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)].map(([tag]) => tag)
    expect(scripts).toEqual([
      `<script>${RESTORE_APPEARANCE}</script>`,
      `<script type="application/ld+json">${DATA}</script>`,
      `<script data-src="/a.css /b.css /islands.js /more.js" data-view="1">load('$&')</script>`,
    ])
    expect(html).not.toContain('preload')
    expect(html).toContain('<p>Text</p>')
    expect(html).toContain('rel="icon"')
  })

  test('has of its stylesheets what it needs, in place of the links', () => {
    expect(html.match(/<style>.*?<\/style>/g)).toEqual(['<style>body{color:red}p{top:0}</style>'])
    expect(html).not.toContain('rel="stylesheet"')
  })

  test('says what it is before its style, which is long', () => {
    expect(html.indexOf('<style>')).toBeGreaterThan(html.indexOf('<link rel="icon"'))
    expect(html).toContain('</style></head>')
  })

  test('has a policy with the hashes of its scripts and its style, and nothing loose', () => {
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(
      `script-src ${hashOf(RESTORE_APPEARANCE)} ${hashOf("load('$&')")} 'strict-dynamic'`,
    )
    expect(policy).toContain(`style-src ${hashOf('body{color:red}p{top:0}')} 'self';`)
    for (const part of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "require-trusted-types-for 'script'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toMatch(/unsafe|nonce|https?:|\*/)
  })

  test('counts a view, or loads its scripts at once, only where it is told to', () => {
    const other = makeServedPage(PAGE, { ...additions, countsView: false, loadsNow: true })
    expect(other.html).toContain('/more.js" data-now="1">')
  })
})

describe('the loader', () => {
  test('is with what restores the look at most 1 KB', async () => {
    const loader = await minifyLoader(await readFile('lib/browser/loader.ts', 'utf8'))
    expect(Buffer.byteLength(RESTORE_APPEARANCE + loader)).toBeLessThanOrEqual(1024)
    expect(loader).not.toContain('</')
  })
})
