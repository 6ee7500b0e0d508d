// Tests lib/server/shells.ts, lib/slots.ts, components/render-slot.tsx
import { expect, test } from 'vitest'
import { parseShell } from '#lib/server/shells.ts'

test('a slot is filled as what it is called when it is the only one', () => {
  const fill = parseShell('<main><x-slot></x-slot></main>')
  expect(fill((name, props) => `${name} ${JSON.stringify(props)} $&`)).toBe(
    '<main>main {} $&</main>',
  )
})

test('the islands that show what readers and moderators have done are filled with the props of the build', () => {
  const page =
    '<p><x-island name="views" props="{&quot;lang&quot;:&quot;de&quot;}"><b>–</b></x-island></p>' +
    '<x-island name="votes" props="{}"><form></form></x-island>' +
    '<x-island name="story-comments" props="{}"></x-island>' +
    '<x-island name="deferred" props="{}"></x-island>'
  const fill = parseShell(page)
  expect(fill((name, props) => `[${name} ${JSON.stringify(props)}]`)).toBe(
    '<p>[views {"lang":"de"}]</p>[votes {}][story-comments {}]<x-island name="deferred" props="{}"></x-island>',
  )
})
