import { expect, test } from 'vitest'
import { isReshown, refusalDocument, reshowForm } from '#lib/api/reshow-form.ts'

const error = { code: 'invalid', message: 'Please correct the marked fields.' }

test('a rejected form goes to its page with what was typed, and with the line ends as typed', () => {
  const body = new URLSearchParams({ name: 'Ann', text: 'one\r\n\r\ntwo' }).toString()
  const { path, query, rejected } = reshowForm('/api/comments', body, error)
  expect(`${path}?${query}`).toBe('/comments?')
  expect(rejected).toEqual({
    ...error,
    path: '/api/comments',
    values: { name: 'Ann', text: 'one\n\ntwo' },
    fields: {},
  })
})

test('a password is never shown again', () => {
  const { rejected } = reshowForm('/api/moderation/session', 'name=Mia&password=secret', error)
  expect(rejected.values).toEqual({ name: 'Mia' })
})

test('what was typed is read even where it is unreadable, or a field comes twice', () => {
  const { rejected } = reshowForm('/api/comments', 'name=Ann&text=%ff&name=Ben', error)
  expect(rejected.values).toEqual({ name: 'Ben', text: '\ufffd' })
})

test('a form that is too large, from another site or without a page of its own is not shown again', () => {
  expect(isReshown('/api/comments', 'invalid')).toBe(true)
  expect(isReshown('/api/comments', 'too_large')).toBe(false)
  expect(isReshown('/api/comments', 'wrong_origin')).toBe(false)
  expect(isReshown('/api/erasure', 'invalid')).toBe(false)
})

test('what is not shown again is answered with a page where one says what to do', () => {
  expect(refusalDocument('/api/comments', 'too_large')).toBe('too-large')
  expect(refusalDocument('/api/erasure', 'invalid')).toBe('privacy')
  expect(refusalDocument('/api/erasure', 'wrong_origin')).toBeUndefined()
  expect(refusalDocument('/api/votes', 'wrong_origin')).toBeUndefined()
})
