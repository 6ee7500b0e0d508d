// Tests app/, lib/server/find-route.ts
import { globSync, readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { operations } from '#lib/api/openapi/operations.ts'

/** Pages without one address: shells, the answer to a form too large, and the publisher's own. */
const WITHOUT_ADDRESS = ['/[page]', '/comments/shell', '/moderation/shell', '/too-large']

const pathOf = (file: string) => `/${relative('app', dirname(file))}`
const methodsOf = (path: string) => {
  const route = routes[path]!
  return 'methods' in route ? Object.keys(route.methods).sort() : []
}

test('every page of the folder is in the table, and every one of the table in the folder', () => {
  const pages = globSync('app/**/page.tsx').map(pathOf)
  const table = Object.keys(routes).filter((path) => !('methods' in routes[path]!))
  expect(table.sort()).toEqual(pages.filter((path) => !WITHOUT_ADDRESS.includes(path)).sort())
})

test('every route handler of the folder is in the table with its methods, but for files that the build makes', async () => {
  const handlers = globSync('app/**/route.ts').filter(
    (file) => !readFileSync(file, 'utf8').includes("dynamic = 'force-static'"),
  )
  const table = Object.keys(routes).filter((path) => 'methods' in routes[path]!)
  expect(table.sort()).toEqual(handlers.map(pathOf).sort())
  for (const file of handlers) {
    const methods = Object.keys((await import(`#${file}`)) as object).filter((name) =>
      /^[A-Z]+$/.test(name),
    )
    expect([file, methodsOf(pathOf(file))]).toEqual([file, methods.sort()])
  }
})

test('the description of the interface has every method below /api', () => {
  const described = Object.entries(operations).map(([path, methods]) => [
    path.replaceAll('{id}', '[id]'),
    Object.keys(methods)
      .map((method) => method.toUpperCase())
      .sort(),
  ])
  const served = Object.keys(routes)
    .filter((path) => path.startsWith('/api/') || path === '/comments.atom')
    .map((path) => [path, methodsOf(path)])
  expect(Object.fromEntries(described)).toEqual(Object.fromEntries(served))
})
