import { type AST, RegExpParser } from '@eslint-community/regexpp'

/** Signs that mean something in Markdown, HTML, URLs, headers or languages. */
const SIGNS = [...' \t\n\r,;:.!?/\\|-_=+*#%&@~^$`\'"“”()[]{}<>0a1Azé一ا\u0301\u200d\ufeff']
/** What may follow a repetition so that a match fails at its end. */
const ENDS = ['', '\0', '\n', 'x']
/** Most samples of one part of an expression. */
const MOST_SAMPLES = 4
/** Repetitions that are allowed more often than this are repeated as long as the text. */
const LONG = 10

/** Makes texts of a given length that a regular expression may have to try again and again. */
export function hostileStrings(expression: RegExp): ((size: number) => string)[] {
  const pattern = new RegExpParser().parsePattern(expression.source, 0, expression.source.length, {
    unicode: expression.unicode,
  })
  const own = [...new Set([...expression.source].filter((sign) => SIGNS.includes(sign)))]
  const signs = [...new Set([...own, ...SIGNS])]
  const parts = new Set([...signs, ...own.flatMap((one) => own.map((other) => one + other))])
  const makers: ((size: number) => string)[] = []
  const add = (prefix: string, part: string) => {
    if (part === '') return
    for (const end of ENDS)
      makers.push((size) => prefix + part.repeat(Math.ceil(size / part.length)) + end)
  }
  for (const part of parts) add('', part)
  for (const { prefixes, pumps } of repetitions(pattern, expression.flags))
    for (const pump of pumps)
      for (const prefix of prefixes) {
        add(prefix, pump)
        add('', prefix + pump)
        for (const sign of own) add(prefix, pump + sign)
      }
  return makers
}

type Repetition = { prefixes: string[]; pumps: string[] }

/** Finds what an expression may repeat long, with samples of what stands before it. */
function repetitions(pattern: AST.Pattern, flags: string): Repetition[] {
  const found: Repetition[] = []
  const visit = (node: AST.Alternative, before: string[]) => {
    let prefixes = before
    for (const element of node.elements) {
      if (element.type === 'Quantifier' && element.max > LONG)
        found.push({ prefixes, pumps: samples(element.element, flags) })
      for (const inner of alternativesOf(element)) visit(inner, prefixes)
      prefixes = join(prefixes, samples(element, flags))
    }
  }
  for (const alternative of pattern.alternatives) visit(alternative, [''])
  return found
}

function alternativesOf(element: AST.Element): AST.Alternative[] {
  if (element.type === 'Quantifier') return alternativesOf(element.element)
  return 'alternatives' in element ? element.alternatives : []
}

/** Makes a few texts that match a part of an expression. */
function samples(element: AST.Element, flags: string): string[] {
  switch (element.type) {
    case 'Quantifier':
      return element.min === 0
        ? ['', ...samples(element.element, flags)].slice(0, MOST_SAMPLES)
        : samples(element.element, flags).map((text) => text.repeat(element.min))
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives
        .flatMap(({ elements }) =>
          elements.reduce((texts, next) => join(texts, samples(next, flags)), ['']),
        )
        .slice(0, MOST_SAMPLES)
    case 'Assertion':
    case 'Backreference':
      return ['']
    default: {
      const matches = new RegExp(`^${element.raw}$`, flags.replace(/[gy]/g, ''))
      const found = [...element.raw, ...SIGNS].filter((sign) => matches.test(sign))
      return found.length > 0 ? [...new Set(found)].slice(0, MOST_SAMPLES) : ['']
    }
  }
}

function join(starts: string[], ends: string[]): string[] {
  return starts.flatMap((start) => ends.map((end) => start + end)).slice(0, MOST_SAMPLES)
}
