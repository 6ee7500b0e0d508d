// Tests app/styles/, app/theme.css, app/link/link.css, app/moderation/desk.css
import { globSync, readFileSync } from 'node:fs'
import { parse, type Rule } from 'postcss'
import { expect, test } from 'vitest'

test('red is for the kicker, the progress and the end of the story alone', () => {
  const red = globSync('app/**/*.css').flatMap((file) => {
    const rules: string[] = []
    parse(readFileSync(file, 'utf8')).walkDecls((declaration) => {
      const isUse = declaration.value.includes('var(--accent)')
      if (isUse) rules.push(selectorOf(declaration.parent as Rule))
    })
    return rules
  })
  expect(red.map(withoutSpaces).toSorted()).toEqual(
    ['.opening > ul', '.reading-bar &::before', END_MARK].map(withoutSpaces),
  )
  const classes = globSync('components/**/*.tsx').filter((file) =>
    /[\w-]+-accent\b/.test(readFileSync(file, 'utf8')),
  )
  expect(classes).toEqual([])
})

const END_MARK = [
  '.story > p:is(:last-child, :has(+ .footnotes))::after',
  '.story > :is(ol, ul, blockquote, .callout, .pull-quote):is(:last-child, :has(+ .footnotes)) > :last-child::after',
  '.story > :not(p, ol, ul, blockquote, .callout, .pull-quote, .footnotes):is(:last-child, :has(+ .footnotes))::after',
].join(',\n')

/** A rule's selector, behind that of the rule that it is nested in. */
function selectorOf({ selector, parent }: Rule): string {
  return parent?.type === 'rule' ? `${parent.selector} ${selector}` : selector
}

/** Long selectors stand in several lines. */
function withoutSpaces(selector: string): string {
  return selector.replace(/\s+/g, '')
}
