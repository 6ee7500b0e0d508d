import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lintMessages, messageLanguages } from '#lib/story/lint-messages.ts'

const home = process.cwd()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadside-messages-'))
  cpSync('messages', join(folder, 'messages'), { recursive: true })
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
})

type VoteMessages = { points: Record<string, string> } & {
  [Key in 'heading' | 'notCounted' | 'extra']?: string
}

/** Lists what is wrong with the messages of a language after a change of those on votes. */
function lintChanged(language: string, change: (messages: VoteMessages) => void): string[] {
  const path = `messages/${language}/votes.json`
  const messages = JSON.parse(readFileSync(path, 'utf8')) as VoteMessages
  change(messages)
  writeFileSync(path, JSON.stringify(messages))
  return lintMessages(language)
}

test('a new folder is a language, and lacks every message that it has not', () => {
  cpSync('messages/es', 'messages/it', { recursive: true })
  rmSync('messages/it/votes.json')
  expect(messageLanguages()).toContain('it')
  expect(lintMessages('it')).toContain(
    'messages/it/votes.json: "upvote" is missing, so it is shown in English',
  )
})

test('a message, a plural form or a value that is missing is named, and one too much', () => {
  const problems = lintChanged('ar', (votes) => {
    delete votes.heading
    delete votes.points.few
    votes.points.many = 'نقطة'
    votes.notCounted += ' {why}'
    votes.extra = ''
  })
  expect(problems.map((problem) => problem.replace('messages/ar/votes.json: ', ''))).toEqual([
    '"heading" is missing, so it is shown in English',
    '"points" has no plural form "few"',
    '"points" lacks {count}, in "many"',
    '"notCounted" has an unknown {why}',
    '"extra" is not used; remove it',
  ])
})

test('a form that serves two numbers has to say which', () => {
  const spell = (points: Record<string, string>) => (points.one = 'one')
  expect(lintChanged('en', ({ points }) => spell(points))).toEqual([])
  expect(lintChanged('fr', ({ points }) => spell(points))).toEqual([
    'messages/fr/votes.json: "points" lacks {count}, in "one"',
  ])
})
