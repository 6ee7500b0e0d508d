import { describe, expect, test } from 'vitest'
import { criticalCss, matchesNames, matchesPage } from '#lib/publishing/critical-css.ts'

const PAGE =
  '<html><head></head><body><nav class="open-wide"><a href="/" id="home">Home</a></nav></body></html>'
const critical = (css: string) => criticalCss(css, matchesPage(PAGE))

describe('the critical part of a stylesheet', () => {
  test('is the rules that match an element of the page, as they stand', () => {
    expect(critical('a{color:red}b{color:blue}#home,#away{top:0}')).toBe('a{color:red}#home{top:0}')
    expect(critical('nav>a{top:0}nav+a{top:1px}main a{top:2px}')).toBe('nav>a{top:0}')
  })

  test('has the rules of every state that an element may come to', () => {
    const states =
      'a:hover{top:0}a:not(:focus):before{top:1px}a[aria-current]{top:2px}html[data-theme=dark] a{top:3px}nav:is(:hover,[open])>a{top:4px}'
    expect(critical(states)).toBe(states)
  })

  test('leaves out what is for another script', () => {
    expect(critical('[data-script] a{top:0}a[href]{top:1px}')).toBe('a[href]{top:1px}')
  })

  test('leaves out what waits for an element within', () => {
    expect(critical('html:has(.notice){top:0}html:has(>body a:focus){top:1px}')).toBe(
      'html:has(>body a:focus){top:1px}',
    )
  })

  test('is read through escapes, quotes and lists within a selector', () => {
    const known = String.raw`:is(b,a){top:0}.open-wide:after{content:'\'/'}`
    expect(critical(known + String.raw`.x\:content-\[\'\/\'\]:after{top:0}:is(b,i){top:0}`)).toBe(
      known,
    )
  })

  test('leaves out conditions and layers in which nothing is left', () => {
    expect(critical('@layer a{@media print{b{top:0}}}@layer b{@supports (top:0){a{top:0}}}')).toBe(
      '@layer b{@supports (top:0){a{top:0}}}',
    )
    expect(critical('@layer a,b;a{top:0}')).toBe('@layer a,b;a{top:0}')
  })

  test('has the properties that are used, or used by one that is', () => {
    expect(critical(':root{--a:var(--b);--b:1px;--c:2px}a{top:var(--a)}b{top:var(--c)}')).toBe(
      ':root{--a:var(--b);--b:1px}a{top:var(--a)}',
    )
    const registered = '@property --a{syntax:"*";inherits:false}'
    expect(critical(`a{top:var(--a)}${registered}${registered.replace('--a', '--b')}`)).toBe(
      `a{top:var(--a)}${registered}`,
    )
  })

  test('has the animations that are used, whole', () => {
    const used = 'a{animation:1s spin}@keyframes spin{to{rotate:1turn}}'
    expect(critical(`${used}@keyframes away{to{top:0}}`)).toBe(used)
  })
})

describe('the part of a stylesheet that code may need', () => {
  const code = `h('p', { className: 'note sm:mt-1.5' + (open ? " is-open" : '') }, h("em"))`
  const page = '<main class="mark"></main>'
  const named = (css: string) => criticalCss(css, matchesNames(page, [code]))

  test('is the rules whose classes and elements it names', () => {
    expect(
      named('.note{top:0}.other{top:1px}p em{top:2px}p b{top:3px}.is-open>.note{top:4px}'),
    ).toBe('.note{top:0}p em{top:2px}.is-open>.note{top:4px}')
    expect(named(String.raw`.sm\:mt-1\.5{top:0}.mt-1\.5{top:1px}`)).toBe(
      String.raw`.sm\:mt-1\.5{top:0}`,
    )
  })

  test('is the rules for the page’s own markup, too', () => {
    expect(named('.mark{top:0}main{top:1px}header{top:2px}')).toBe('.mark{top:0}main{top:1px}')
  })

  test('takes no name from a comment or an identifier, and each from templates within others', () => {
    const other = matchesNames('', [
      '// is-open\nconst wide = `on ${wide ? `tall ${"low"}` : 1} off`',
    ])
    const classes = ['is-open', 'wide', 'on', 'tall', 'low', 'off']
    expect(classes.filter((name) => other(`.${name}`))).toEqual(['on', 'tall', 'low', 'off'])
  })

  test('has the rules of every state and attribute, and of lists that name one of its own', () => {
    const kept = '.note:hover{top:0}p[lang]{top:1px}:is(b,em){top:2px}:root{top:3px}*{top:4px}'
    expect(named(`${kept}:is(b,i){top:0}`)).toBe(kept)
  })
})
