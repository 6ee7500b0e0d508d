// Tests lib/server/plain-form.ts
import { expect, test } from 'vitest'
import { plainForm } from '#lib/server/plain-form.ts'

const form = (values: Record<string, string>) =>
  plainForm({
    path: '/api/comments',
    values,
    code: 'too_many',
    message: 'Wait, please.',
    fields: {},
  })

test('what was typed is there to be sent again, to where it was sent', () => {
  const page = form({ name: 'Ann', text: '\nFirst "line"\nsecond', token: 'a.b.c' })
  expect(page).toContain('<html lang="en" dir="ltr">')
  expect(page).toContain('<h1>Wait, please.</h1>')
  expect(page).toContain('<form method="post" action="/api/comments">')
  expect(page).toMatch(
    /<textarea name="text" [^>]*>\n&#10;First &#34;line&#34;&#10;second<\/textarea>/,
  )
  expect(page).toContain('<input type="hidden" name="name" value="Ann">')
  expect(page).toContain('<input type="hidden" name="token" value="a.b.c">')
})

test.each([
  ['text', 'Comment'],
  ['note', 'Details (optional)'],
  ['words', 'Words that hold a comment for approval'],
])('what is written in the field %s is labelled as in its form', (name, label) => {
  expect(form({ [name]: 'typed' })).toContain(`<label>${label}<br><textarea name="${name}"`)
})

test('nothing that was typed becomes markup', () => {
  const attack = `"></textarea><script>alert(1)</script><input a='`
  expect(form({ [attack]: attack, text: attack })).not.toMatch(
    /<script|<\/textarea>.*<\/textarea>|="">/s,
  )
})

test('fields that no form has are not repeated without end', () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, 'x']))
  expect(form(many).length).toBeLessThan(3_000)
})
