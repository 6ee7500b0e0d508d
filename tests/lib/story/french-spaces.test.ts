import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'

test.each([
  ['Qui décide ? Lui ; non !', 'Qui décide\u202f? Lui\u202f; non\u202f!'],
  ['Il dit : « oui ».', 'Il dit\u00a0: «\u00a0oui\u00a0».'],
  ['« Oui ! » ?', '«\u00a0Oui\u202f!\u00a0»\u202f?'],
  // Where an editor has wrapped the line.
  ['Qui décide\n? Lui', 'Qui décide\u202f? Lui'],
  // Parts of a sentence that markup parts.
  ['« ', '«\u00a0'],
  [' : suite', '\u00a0: suite'],
])('French keeps %j on one line', (text, set) => {
  expect(setFrenchSpaces(text, 'fr')).toBe(set)
  expect(setFrenchSpaces(text, 'fr-CA')).toBe(set)
})

test.each(['Qui décide? à 12:30', '«oui»', 'Il dit\u202f: «\u202foui\u202f»', 'https://x.org/?a'])(
  '%j has no ordinary space there, and none is added',
  (text) => expect(setFrenchSpaces(text, 'fr')).toBe(text),
)

test.each(['en', 'de', 'frr'])('the spaces of %s are not French', (language) =>
  expect(setFrenchSpaces('So : « ja » ?', language)).toBe('So : « ja » ?'),
)

test('nothing but spaces is changed, and twice is as once', () => {
  const text = fc.string({ unit: fc.constantFrom(...' \n\u00a0\u202f:;!?«»ab') })
  fc.assert(
    fc.property(text, (text) => {
      const set = setFrenchSpaces(text, 'fr')
      expect(set.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      expect(setFrenchSpaces(set, 'fr')).toBe(set)
    }),
  )
})
