import { ESLint } from 'eslint'
import { describe, expect, test } from 'vitest'

/** The rules that are asked after: each other one would read what is imported. */
const RULES = /^(import\/no-restricted-paths|no-restricted-(imports|properties|syntax))$/
const chosen = new ESLint({ ruleFilter: ({ ruleId }) => RULES.test(ruleId) })
/** The rules that a file with this import in this place breaks. */
const broken = async (filePath: string, code: string, eslint = chosen) => {
  const [result] = await eslint.lintText(`${code}\n`, { filePath })
  return result!.messages.map(({ ruleId }) => ruleId)
}

describe('imports run one way', () => {
  test.each([
    ['components/votes.tsx', '#lib/store/index.ts'],
    ['components/votes.tsx', '#lib/http.ts'],
    ['components/votes.tsx', '#lib/reader.ts'],
    ['components/votes.tsx', '#app/page.tsx'],
    ['lib/votes.ts', '#components/votes.tsx'],
    ['lib/votes.ts', '#lib/store/index.ts'],
    ['lib/http.ts', '#app/api/votes/route.ts'],
    ['lib/http.ts', '#lib/store/votes.ts'],
    ['app/page.tsx', '#lib/store/sqlite.ts'],
    ['server.ts', '#app/page.tsx'],
    ['server.ts', '#components/votes.tsx'],
    ['server.ts', '#components/desk/queue-page.tsx'],
    ['components/votes.tsx', '#lib/log.ts'],
    ['lib/store/votes.ts', '#lib/http.ts'],
    ['lib/store/acts.ts', '#lib/moderator.ts'],
    ['lib/store/votes.ts', '#lib/request-id.ts'],
    ['lib/moderation.ts', '#lib/store/index.ts'],
    ['lib/pull-quotes.ts', '#lib/http.ts'],
    ['components/desk/item.tsx', '#lib/moderator.ts'],
    ['lib/votes.ts', '#tests/stores.ts'],
    ['server.ts', '#tests/stores.ts'],
    ['next.config.ts', '#tests/stores.ts'],
  ])('%s does not import %s', async (file, source) => {
    expect(await broken(file, `import '${source}'`)).toContain('import/no-restricted-paths')
  })

  test.each([
    ['lib/votes.ts', 'next/headers'],
    ['lib/content.ts', 'react'],
    ['lib/reading-time.ts', 'next/headers'],
    ['app/api/votes/route.ts', 'next/server'],
    ['app/page.tsx', '../lib/votes.ts'],
    ['lib/http.ts', './log.ts'],
  ])('%s does not import %s either', async (file, source) => {
    expect(await broken(file, `import '${source}'`)).toContain('no-restricted-imports')
  })

  test.each([
    ['components/votes.tsx', '#lib/votes.ts'],
    ['app/page.tsx', '#components/votes.tsx'],
    ['app/api/votes/route.ts', '#lib/store/index.ts'],
    ['server.ts', '#app/api/votes/route.ts'],
    ['server.ts', '#components/slots.tsx'],
    ['server.ts', '#app/moderation.atom/route.ts'],
    ['lib/store/votes.ts', '#lib/votes.ts'],
  ])('%s may import %s', async (file, source) => {
    expect(await broken(file, `import '${source}'`)).toEqual([])
  })
})

test('imports make no circle', async () => {
  const code = "import { speak } from '#lib/spoken-text.ts'\nspeak()"
  expect(await broken('lib/sentences.ts', code, new ESLint())).toEqual(['import/no-cycle'])
})

test('only the store’s door reads DATABASE_URL, and rules read no environment', async () => {
  const read = 'export const url = process.env.DATABASE_URL'
  expect(await broken('lib/http.ts', read)).toContain('no-restricted-syntax')
  const spread = 'export const { DATABASE_URL } = process.env'
  expect(await broken('lib/http.ts', spread)).toContain('no-restricted-syntax')
  const named = "export const url = process.env['DATABASE_URL']"
  expect(await broken('lib/http.ts', named)).toContain('no-restricted-syntax')
  expect(await broken('lib/store/index.ts', read)).toEqual([])
  expect(await broken('lib/votes.ts', 'export const port = process.env.PORT')).toContain(
    'no-restricted-properties',
  )
})
