import { ESLint } from 'eslint'
import { describe, expect, test } from 'vitest'

/** The rules that are asked after: each other one would read what is imported. */
const RULES = /^(import\/no-restricted-paths|no-restricted-(imports|syntax))$/
const chosen = new ESLint({ ruleFilter: ({ ruleId }) => RULES.test(ruleId) })
/** The rules that a file with this import in this place breaks. */
const broken = async (filePath: string, code: string, eslint = chosen) => {
  const [result] = await eslint.lintText(`${code}\n`, { filePath })
  return result!.messages.map(({ ruleId }) => ruleId)
}

describe('imports run one way', () => {
  test.each([
    ['components/votes/story-votes.tsx', '#lib/store/index.ts'],
    ['components/votes/story-votes.tsx', '#lib/http/responses.ts'],
    ['components/votes/story-votes.tsx', '#lib/api/reader-cookie.ts'],
    ['components/votes/story-votes.tsx', '#lib/logging/log.ts'],
    ['components/moderation/queue-item.tsx', '#lib/api/moderator-session.ts'],
    ['components/votes/story-votes.tsx', '#app/page.tsx'],
    ['lib/votes.ts', '#components/votes/story-votes.tsx'],
    ['lib/http/responses.ts', '#app/api/votes/route.ts'],
    ['lib/browser/api-client.ts', '#lib/http/responses.ts'],
    ['lib/browser/reading/speech.ts', '#lib/story/content.ts'],
    ['lib/votes.ts', '#lib/store/index.ts'],
    ['lib/moderation/moderation.ts', '#lib/store/index.ts'],
    ['lib/story/callouts.ts', '#lib/http/responses.ts'],
    ['lib/store/counts/votes.ts', '#lib/http/request-id.ts'],
    ['lib/store/audit-log.ts', '#lib/api/moderator-session.ts'],
    ['lib/http/responses.ts', '#lib/store/counts/votes.ts'],
    ['lib/api/openapi/openapi.ts', '#lib/store/expire.ts'],
    ['scripts/backup.ts', '#lib/store/engine/sqlite.ts'],
    ['server.ts', '#lib/store/engine/sqlite.ts'],
    ['scripts/backup.ts', '#lib/store/create-store.ts'],
    ['app/api/votes/route.ts', '#lib/store/maintenance.ts'],
    ['server.ts', '#lib/store/maintenance.ts'],
    ['lib/api/moderate.ts', '#lib/store/maintenance.ts'],
    ['app/page.tsx', '#lib/store/engine/sqlite.ts'],
    ['lib/votes.ts', '#tests/support/stores.ts'],
    ['lib/publishing/build-server.ts', '#bench/median.ts'],
    ['scripts/testing/program.ts', '#tests/support/stores.ts'],
    ['server.ts', '#tests/support/stores.ts'],
    ['next.config.ts', '#tests/support/stores.ts'],
  ])('%s does not import %s', async (file, source) => {
    expect(await broken(file, `import '${source}'`)).toContain('import/no-restricted-paths')
  })

  test.each([
    ['lib/votes.ts', 'next/headers'],
    ['lib/story/content.ts', 'react'],
    ['lib/story/reading-time.ts', 'next/headers'],
    ['app/api/votes/route.ts', 'next/server'],
    ['app/page.tsx', '../lib/votes.ts'],
    ['lib/logging/log.ts', './events.ts'],
  ])('%s does not import %s either', async (file, source) => {
    expect(await broken(file, `import '${source}'`)).toContain('no-restricted-imports')
  })

  test.each([
    ['components/votes/story-votes.tsx', '#lib/votes.ts'],
    ['app/page.tsx', '#components/votes/story-votes.tsx'],
    ['app/api/votes/route.ts', '#lib/store/index.ts'],
    ['scripts/backup.ts', '#lib/store/maintenance.ts'],
    ['lib/doctor/doctor.ts', '#lib/store/maintenance.ts'],
    ['server.ts', '#app/api/votes/route.ts'],
    ['server.ts', '#components/render-slot.tsx'],
    ['components/votes/story-votes.tsx', '#lib/browser/api-client.ts'],
    ['lib/browser/reading/speech.ts', '#lib/i18n/messages.ts'],
    ['server.ts', '#app/moderation.atom/route.ts'],
    ['lib/store/counts/votes.ts', '#lib/votes.ts'],
  ])('%s may import %s', async (file, source) => {
    expect(await broken(file, `import '${source}'`)).toEqual([])
  })
})

test('imports make no circle', async () => {
  const code = "import { speak } from '#lib/browser/reading/speech-segments.ts'\nspeak()"
  expect(await broken('lib/browser/reading/split-sentences.ts', code, new ESLint())).toEqual([
    'import/no-cycle',
  ])
})

test('only the store reads DATABASE_URL, and rules read no environment', async () => {
  const read = 'export const url = process.env.DATABASE_URL'
  expect(await broken('lib/http/responses.ts', read)).toContain('no-restricted-syntax')
  const spread = 'export const { DATABASE_URL } = process.env'
  expect(await broken('lib/http/responses.ts', spread)).toContain('no-restricted-syntax')
  const named = "export const url = process.env['DATABASE_URL']"
  expect(await broken('lib/http/responses.ts', named)).toContain('no-restricted-syntax')
  expect(await broken('lib/store/engine/database-url.ts', read)).toEqual([])
  expect(await broken('lib/votes.ts', 'export const port = process.env.PORT')).toContain(
    'no-restricted-syntax',
  )
  expect(await broken('lib/votes.ts', 'export const mode = process.env.NODE_ENV')).toEqual([])
})
