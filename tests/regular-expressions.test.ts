// Tests the regular expressions of app/, components/, lib/, scripts/ and server.ts
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { growsFast } from '#tests/support/growth.ts'
import { hostileStrings } from '#tests/support/hostile-strings.ts'

const files = [...globSync('{app,components,lib,scripts}/**/*.{ts,tsx}'), 'server.ts'].sort()

const sources = files.map((file) =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
)
/** The constants that files export: no two have one name. */
const exported = new Map<string, ts.Expression>()
for (const statement of sources.flatMap(({ statements }) => [...statements]))
  if (ts.isVariableStatement(statement) && statement.modifiers)
    for (const { name, initializer } of statement.declarationList.declarations)
      if (initializer) exported.set(name.getText(), initializer)

/** Lists the regular expressions of a file, literal or made of constants, with their lines. */
function expressionsOf(source: ts.SourceFile): { at: string; expression: RegExp }[] {
  const constants = new Map(exported)
  const found: { at: string; expression: RegExp }[] = []
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node) && node.initializer)
      constants.set(node.name.getText(), node.initializer)
    ts.forEachChild(node, visit)
  }
  const collect = (node: ts.Node) => {
    const isMade =
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      node.expression.getText() === 'RegExp'
    if (isMade || ts.isRegularExpressionLiteral(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      const [pattern, flags] = isMade ? (node.arguments ?? []) : [node]
      const expression = isMade
        ? new RegExp(evaluate(pattern, constants), flags ? evaluate(flags, constants) : '')
        : toRegExp(node.getText())
      found.push({ at: `${source.fileName}:${line + 1}`, expression })
    }
    ts.forEachChild(node, collect)
  }
  visit(source)
  collect(source)
  return found
}

function toRegExp(literal: string): RegExp {
  const end = literal.lastIndexOf('/')
  return new RegExp(literal.slice(1, end), literal.slice(end + 1))
}

/** Works out a text that is made of constants; what is only known at run time is any word. */
function evaluate(node: ts.Expression, constants: Map<string, ts.Expression>): string {
  if (ts.isRegularExpressionLiteral(node)) return toRegExp(node.getText()).source
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text
  if (ts.isTaggedTemplateExpression(node)) {
    const raw = node.template.getText().slice(1, -1)
    return raw.replace(/\$\{(\w+)(?:\.source)?\}/g, (_, name: string) => resolve(name, constants))
  }
  if (ts.isTemplateExpression(node))
    return node.templateSpans.reduce(
      (text, span) => text + evaluate(span.expression, constants) + span.literal.text,
      node.head.text,
    )
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [node.left, node.right].map((side) => evaluate(side, constants))
    return node.operatorToken.kind === ts.SyntaxKind.MinusToken
      ? String(Number(left) - Number(right))
      : left! + right!
  }
  return resolve(node.getText(), constants)
}

function resolve(name: string, constants: Map<string, ts.Expression>): string {
  const constant = constants.get(name)
  return constant ? evaluate(constant, constants) : 'word'
}

/** Runs an expression over a text as its flags say: once, or for all matches. */
function run(expression: RegExp, text: string): void {
  expression.lastIndex = 0
  if (expression.global) text.replace(expression, '')
  else expression.test(text)
}

const expressions = sources.flatMap(expressionsOf)

test('the expressions of all files are found', () => {
  expect(expressions.length).toBeGreaterThan(150)
  expect(expressions.map(({ at }) => at)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('names.ts'),
      expect.stringContaining('paths.ts'),
    ]),
  )
})

test.each([
  [/\/+(?=\?|$)/, true],
  [/^\/+$/, false],
  [/(?:a|aa)+b/, true],
  [/\s+$/, true],
  [/^\s*\d+\s*$/, false],
  [/<a[^>]*>/, true],
  [/<a[^<>]*>/, false],
])('the time of %s grows with the square of its text or more: %s', (expression, isFast) => {
  const isHostile = (make: (size: number) => string) =>
    growsFast((text) => run(expression, text), make)
  expect(hostileStrings(expression).some(isHostile)).toBe(isFast)
})

test.each(expressions)('the time of $expression at $at grows with its text', ({ expression }) => {
  const slow = hostileStrings(expression).find((make) =>
    growsFast((text) => run(expression, text), make),
  )
  expect(slow?.(40)).toBeUndefined()
})
