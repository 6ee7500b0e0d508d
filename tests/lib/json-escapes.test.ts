import { expect, test } from 'vitest'
import { escapeControls } from '#lib/json-escapes.ts'

test('what a terminal would obey is written as escapes, and read as it was', () => {
  const value = { 'a\u009b': 'b\u202e\u007f\u2066\u001bé語\u200f' }
  const json = escapeControls(JSON.stringify(value))
  expect(json).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  expect(json).toContain('é語')
  expect(JSON.parse(json)).toEqual(value)
})
