import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { makeDocument, minifyLoader } from '#lib/documents.ts'
import { hashOf } from '#lib/policy.ts'

const PAGE = `<!DOCTYPE html><html><head><style data-precedence="next" data-href="/a.css">body{color:red}</style>
<link rel="preload" as="script" href="/_next/a.js"/><link rel="icon" href="/icon.svg"/>
<script src="/_next/a.js" async=""></script><script src="/_next/old.js" noModule=""></script></head>
<body><p>Text</p><script id="_R_">push({"runtimeModuleIds":[1]})</script><script src="/_next/a.js" async=""></script>
<script src="/_next/b.js" async=""></script><script>data('$&')</script><script>self.__next_f.push([1,"body{color:red}"])</script>
<script type="application/ld+json">{"@type":"NewsArticle"}</script></body></html>`

describe('a document', () => {
  const { html, policy, boot } = makeDocument(PAGE, 'load()', { countsView: true })

  test('has the loader as its only script, which names all others once', () => {
    const scripts = [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)].map(([tag]) => tag)
    expect(scripts).toEqual([
      '<script type="application/ld+json">{"@type":"NewsArticle"}</script>',
      `<script data-src="/_next/static/${boot.name} /_next/a.js /_next/b.js" data-view="1">load()</script>`,
    ])
    expect(html).not.toContain('preload')
    expect(html).toContain('<p>Text</p>')
    expect(html).toContain('rel="icon"')
  })

  test('keeps what was inline in one file, without the stylesheet, the start of the runtime last', () => {
    expect(boot.text).toBe(
      [
        `data('$&')`,
        `self.__next_f.push([1,document.querySelector("style[data-href=\\"/a.css\\"]").textContent])`,
        `push({"runtimeModuleIds":[1]})`,
      ].join(';\n'),
    )
    expect(boot.name).toMatch(/^boot-[0-9a-f]{16}\.js$/)
  })

  test('has a policy with the hashes of its script and its style, and nothing loose', () => {
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src ${hashOf('load()')} 'strict-dynamic'`)
    expect(policy).toContain(`style-src ${hashOf('body{color:red}')}`)
    for (const part of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "require-trusted-types-for 'script'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  test('counts a view only where it is told to', () => {
    expect(makeDocument(PAGE, '', { countsView: false }).html).not.toContain('data-view')
  })
})

describe('the loader', () => {
  test('is at most 1 KB', async () => {
    const loader = await minifyLoader(await readFile('lib/loader.ts', 'utf8'))
    expect(Buffer.byteLength(loader)).toBeLessThanOrEqual(1024)
    expect(loader).not.toContain('</')
  })
})
