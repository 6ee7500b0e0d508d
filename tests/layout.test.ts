// Tests where files are, and what they export
import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const sources = globSync('{app,components,lib,scripts}/**/*.{ts,tsx}')
const tests = globSync('tests/**/*.{test,spec}.{ts,tsx}')
const SUFFIX = /(\.property)?(\.(test|spec))?\.tsx?$/
const stemOf = (path: string) => path.replace(/^tests\//, '').replace(SUFFIX, '')

/** Returns the files and folders that the first line of a test names, such as `lib/feeds/`. */
function namedBy(test: string): string[] {
  const [line] = readFileSync(test, 'utf8').split('\n')
  return line!.startsWith('// Tests ') ? (line!.match(/[\w./[\]-]*\/[\w./[\]-]*/g) ?? []) : []
}

test('every source has a test in the mirrored place, or one whose first line names it or its folder', () => {
  const mirrored = new Set(tests.map(stemOf))
  const named = tests.flatMap(namedBy)
  const isNamed = (path: string) =>
    named.some((name) => path === name || (name.endsWith('/') && path.startsWith(name)))
  expect(sources.filter((path) => !mirrored.has(stemOf(path)) && !isNamed(path))).toEqual([])
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

test('no name is exported by two modules', () => {
  const modules = new Map<string, string[]>()
  for (const path of sources.filter((path) => !path.startsWith('app/')))
    for (const [, name] of readFileSync(path, 'utf8').matchAll(
      /^export (?:async )?(?:const|let|function|class|type) (\w+)/gm,
    ))
      modules.set(name!, [...(modules.get(name!) ?? []), path])
  const isOverload = (paths: string[]) => new Set(paths).size === 1
  expect([...modules].filter(([, paths]) => paths.length > 1 && !isOverload(paths))).toEqual([])
})
