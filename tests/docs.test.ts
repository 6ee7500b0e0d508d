// Tests README.md, docs/architecture.md and docs/contributing.md
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'

const DEEP = ['components', 'lib', 'scripts']
/** Folders of tests that mirror no source. */
const OF_TESTS = ['tests/browser', 'tests/support', 'tests/system']
const read = (path: string) => readFileSync(path, 'utf8')

/** Lists the folders that hold files of the project: what is built or installed is not among them. */
function folders(): string[] {
  const files = globSync('*/**', {
    exclude: (name) => /^(node_modules|test-results|data)$/.test(name),
  })
  return [...new Set(files.filter((path) => statSync(path).isFile()).map((path) => dirname(path)))]
}

test('the README’s map names every folder at the top', () => {
  const [, map] = read('README.md').match(/## Find your way\n\n```\n(.+?)```/s)!
  const named = map!
    .split('\n')
    .flatMap((line) => line.split('  ')[0]!.split(' '))
    .filter((name) => name.endsWith('/'))
    .map((name) => name.slice(0, -1))
  const top = new Set(folders().map((path) => path.split('/')[0]!))
  expect([...top].filter((name) => !named.includes(name))).toEqual([])
  expect(named.filter((name) => !existsSync(name))).toEqual([])
})

test('the map of the architecture names every folder, and no other', () => {
  const named = [...read('docs/architecture.md').matchAll(/`([\w-]+(?:\/[\w-]+)*)\/`/g)].map(
    ([, path]) => path!,
  )
  const isNamed = (path: string) =>
    named.includes(path) || (path.startsWith('components/') && named.includes(path.split('/')[1]!))
  const all = folders().flatMap((path) =>
    DEEP.includes(path.split('/')[0]!) || OF_TESTS.includes(path) ? path : path.split('/')[0]!,
  )
  expect([...new Set(all)].filter((path) => !isNamed(path))).toEqual([])
  expect(named.filter((path) => !existsSync(path) && !existsSync(`components/${path}`))).toEqual([])
})

test.each(['README.md', 'SECURITY.md', ...globSync('docs/*.md')])(
  'the files that %s names are there',
  (page) => {
    const named = read(page).match(
      /(?<=`)(?:app|bench|components|docs|lib|scripts|tests)\/[\w./[\]-]+\.\w+(?=`)/g,
    )
    expect((named ?? []).filter((path) => !existsSync(path))).toEqual([])
  },
)
