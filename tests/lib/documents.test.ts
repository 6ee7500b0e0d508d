// @vitest-environment jsdom
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { makeDocument, minifyLoader } from '#lib/documents.ts'
import { hashOf } from '#lib/policy.ts'
import { RESTORE_LOOK } from '#lib/restore-look.ts'

const DATA = '{"@type":"NewsArticle","headline":"A > B"}'
const PAGE = `<!DOCTYPE html><html><head><script>${RESTORE_LOOK}</script><style data-precedence="next" data-href="/a.css">body{color:red}b{top:0}</style>
<link rel="preload" as="script" href="/_next/a.js"/><link rel="icon" href="/icon.svg"/>
<script src="/_next/a.js" async=""></script><script src="/_next/old.js" noModule=""></script></head>
<body><div class="prose story"><p>Text</p></div><script id="_R_">push({"runtimeModuleIds":[1]})</script><script src="/_next/a.js" async=""></script>
<script src="/_next/b.js" async=""></script><script>data('$&')</script><script>self.__next_f.push([1,"1:[]\\n2:T18,"])</script><script>self.__next_f.push([1,"body{color:red}b{top:0}"])</script>
<script>self.__next_f.push([1,"3:Tb,"])</script><script>self.__next_f.push([1,"<p>Text</p>"])</script>
<script>self.__next_f.push([1,${JSON.stringify(`4:["$","script",{"__html":${JSON.stringify(DATA)}}]\n`)}])</script>
<script type="application/ld+json">${DATA}</script></body></html>`

describe('a document', async () => {
  const { html, policy, boot } = await makeDocument(PAGE, 'load()', { countsView: true })

  test('has two scripts: what restores the look, and at its end the loader, which names all others once', () => {
    const scripts = [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)].map(([tag]) => tag)
    expect(scripts).toEqual([
      `<script>${RESTORE_LOOK}</script>`,
      `<script type="application/ld+json">${DATA}</script>`,
      `<script data-src="/_next/static/${boot.name} /_next/a.js /_next/b.js" data-view="1">load()</script>`,
    ])
    expect(html).not.toContain('preload')
    expect(html).toContain('<p>Text</p>')
    expect(html).toContain('rel="icon"')
  })

  test('has of its style what it needs, and the address of the whole for its scripts', () => {
    expect(html).toContain('data-href="/a.css">body{color:red}</style>')
    expect(boot.text).toContain('{rel:"stylesheet",href:"/a.css"}')
  })

  test('keeps what was inline in one file, the start of the runtime last', () => {
    expect(boot.name).toMatch(/^boot-[0-9a-f]{16}\.js$/)
    expect(boot.text).toContain('data("$&")')
    expect(boot.text.endsWith('push({runtimeModuleIds:[1]})')).toBe(true)
  })

  test('does not repeat its style, story and data: the file reads them in the page', () => {
    const page = new DOMParser().parseFromString(html, 'text/html')
    const pushed: string[] = []
    const self = { __next_f: { push: ([, text]: [number, string]) => void pushed.push(text) } }
    const nothing = () => {}
    Function('self', 'document', 'data', 'push', boot.text)(self, page, nothing, nothing)
    expect(pushed.join('')).toBe(
      `1:[]\n2:Tf,body{color:red}3:Tb,<p>Text</p>4:["$","script",{"__html":${JSON.stringify(DATA)}}]\n`,
    )
    expect(boot.text).not.toContain('NewsArticle')
    expect(boot.text).not.toContain('color:red')
    expect(boot.text).not.toContain('Text</p>')
  })

  test('has a policy with the hashes of its scripts and its style, and nothing loose', () => {
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(
      `script-src ${hashOf(RESTORE_LOOK)} ${hashOf('load()')} 'strict-dynamic'`,
    )
    expect(policy).toContain(`style-src ${hashOf('body{color:red}')} 'self';`)
    for (const part of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "require-trusted-types-for 'script'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  test('counts a view only where it is told to', async () => {
    expect((await makeDocument(PAGE, '', { countsView: false })).html).not.toContain('data-view')
  })
})

describe('the loader', () => {
  test('is with what restores the look at most 1 KB', async () => {
    const loader = await minifyLoader(await readFile('lib/loader.ts', 'utf8'))
    expect(Buffer.byteLength(RESTORE_LOOK + loader)).toBeLessThanOrEqual(1024)
    expect(loader).not.toContain('</')
  })
})
