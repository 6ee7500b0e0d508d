// Tests lib/comments/
import { describe, expect, test } from 'vitest'
import { countCharacters, nameProblem, textProblem } from '#lib/comments/validation.ts'
import { permalink } from '#lib/comments/comment.ts'

const FAMILY = '👩‍👩‍👧‍👦'

test.each([
  ['', 0],
  ['abc', 3],
  [FAMILY, 1],
  ['e\u0301', 1],
  ['🇺🇳🇺🇳', 2],
  ['\r\n', 1],
])('%j has as many characters as a person counts', (text, count) => {
  expect(countCharacters(text)).toBe(count)
})

describe('a name', () => {
  test.each(['A', 'x'.repeat(80), FAMILY.repeat(80), 'Søren Ångström', '李'])(
    '%s will do',
    (name) => {
      expect(nameProblem(name)).toBeUndefined()
    },
  )
  test.each(['', ' ', '\u200b', '\u2800\u3164', '\u202e\u202c'])('%j is no name', (name) => {
    expect(nameProblem(name)).toBe('Please enter your name.')
  })
  test('has 80 characters at the most', () => {
    expect(nameProblem('x'.repeat(81))).toBe('This name has 81 characters. The limit is 80.')
  })
  test('is no pile of marks', () => {
    expect(nameProblem('a' + '\u0301'.repeat(4096))).toMatch(/too many accents or marks/)
  })
  test('holds nothing that cannot be kept', () => {
    expect(nameProblem('a\0')).toMatch(/cannot be saved/)
    expect(nameProblem('a\ud800')).toMatch(/cannot be saved/)
  })
})

describe('a text', () => {
  test.each(['A', 'x'.repeat(5000), FAMILY.repeat(2000)])('will do', (text) => {
    expect(textProblem(text)).toBeUndefined()
  })
  test.each(['', ' \n\t ', '\u200d\ufeff'])('%j is nothing', (text) => {
    expect(textProblem(text)).toBe('Please write a comment.')
  })
  test('has 5,000 characters at the most', () => {
    expect(textProblem('x'.repeat(5001))).toBe(
      'This comment has 5,001 characters. The limit is 5,000.',
    )
  })
})

test('a permalink opens the page that begins with the comment, at the comment', () => {
  expect(permalink('1a')).toBe('/comments?page=1a#comment-1a')
})
