import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'

test.each([
  ['Qui décide ? Lui ; non !', 'Qui décide\u202f? Lui\u202f; non\u202f!'],
  ['Il dit : « oui ».', 'Il dit\u00a0: «\u00a0oui\u00a0».'],
  ['« Oui ! » ?', '«\u00a0Oui\u202f!\u00a0»\u202f?'],
  ['5 % de 10 € et 3 ‰', '5\u00a0% de 10\u00a0€ et 3\u00a0‰'],
  ['10 000 ou 1 234 567,8 habitants', '10\u202f000 ou 1\u202f234\u202f567,8 habitants'],
  ['12 345 €', '12\u202f345\u00a0€'],
  ['de 15 h 30 à 16 h, 40 min', 'de 15\u00a0h\u00a030 à 16\u00a0h, 40\u00a0min'],
  ['à 12 km, 20 °C', 'à 12\u00a0km, 20\u00a0°C'],
  ['n° 4, N° 5, nº 6, p. 7', 'n°\u00a04, N°\u00a05, nº\u00a06, p.\u00a07'],
  ['M. Dupont et Mme Élie', 'M.\u00a0Dupont et Mme\u00a0Élie'],
  ['MM. Dupont, Dr Roy, Me Zoé', 'MM.\u00a0Dupont, Dr\u00a0Roy, Me\u00a0Zoé'],
  // Where an editor has wrapped the line.
  ['Qui décide\n? Lui', 'Qui décide\u202f? Lui'],
  // Parts of a sentence that markup parts.
  ['« ', '«\u00a0'],
  [' : suite', '\u00a0: suite'],
])('French keeps %j on one line', (text, set) => {
  expect(setFrenchSpaces(text, 'fr')).toBe(set)
  expect(setFrenchSpaces(text, 'fr-CA')).toBe(set)
})

test.each([
  'en 2026 300 personnes, le 01 23 45 67 89',
  'le plan h 30, 5 hommes, Mmes et MM. ont, le col. 4',
  '1,5 000',
])('%j has spaces where lines may end', (text) => expect(setFrenchSpaces(text, 'fr')).toBe(text))

test.each(['Qui décide? à 12:30', '«oui»', 'Il dit\u202f: «\u202foui\u202f»', 'https://x.org/?a'])(
  '%j has no ordinary space there, and none is added',
  (text) => expect(setFrenchSpaces(text, 'fr')).toBe(text),
)

test.each(['en', 'de', 'frr'])('the spaces of %s are not French', (language) =>
  expect(setFrenchSpaces('So : « ja » ?', language)).toBe('So : « ja » ?'),
)

test('nothing but spaces is changed, and twice is as once', () => {
  const text = fc.string({ unit: fc.constantFrom(...' \n\u00a0\u202f:;!?«»%€n°M.D012ha') })
  fc.assert(
    fc.property(text, (text) => {
      const set = setFrenchSpaces(text, 'fr')
      expect(set.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      expect(setFrenchSpaces(set, 'fr')).toBe(set)
    }),
  )
})
