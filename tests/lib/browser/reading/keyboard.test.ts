import { expect, test } from 'vitest'
import { shortcutOf } from '#lib/browser/reading/keyboard.ts'

test.each([
  ['j', 'KeyC', false, 'j'],
  ['X', 'KeyX', true, 'X'],
  ['?', 'Minus', true, '?'],
  ['ArrowUp', 'ArrowUp', false, 'ArrowUp'],
  ['ı', 'KeyR', false, 'ı'],
  ['è', 'KeyT', false, 'è'],
  ['ت', 'KeyJ', false, 'j'],
  ['о', 'KeyJ', false, 'j'],
  ['Ч', 'KeyX', true, 'X'],
  ['؟', 'Slash', true, '?'],
])('of a keyboard that writes %s with %s, shifted: %s, it is %s', (key, code, shiftKey, letter) => {
  expect(shortcutOf({ key, code, shiftKey })).toBe(letter)
})
