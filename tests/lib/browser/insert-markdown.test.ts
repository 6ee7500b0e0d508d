import { expect, test } from 'vitest'
import { type Format, formatText } from '#lib/browser/insert-markdown.ts'

/** Applies a format to a text whose selection is between brackets, and marks the new selection so. */
function format(format: Format, marked: string): string {
  const at = marked.indexOf('⟦')
  const to = marked.indexOf('⟧') - 1
  const value = marked.replace(/[⟦⟧]/g, '')
  const { start, end, text, selection } = formatText(format, value, at, to)
  const changed = value.slice(0, start) + text + value.slice(end)
  return `${changed.slice(0, selection[0])}⟦${changed.slice(...selection)}⟧${changed.slice(selection[1])}`
}

test.each<[Format, string, string]>([
  ['bold', 'a ⟦b⟧ c', 'a ⟦**b**⟧ c'],
  ['italic', '⟦⟧', '*⟦⟧*'],
  ['bold', 'a ⟦⟧', 'a **⟦⟧**'],
  // Marks beside a space, or over the end of a line, would be shown as they are.
  ['italic', 'a⟦ b c ⟧d', 'a⟦ *b c* ⟧d'],
  ['bold', '⟦one\n\ntwo⟧', '⟦**one**\n\n**two**⟧'],
  ['quote', 'one\ntw⟦o\nth⟧ree\nfour', 'one\n> two\n> three\n\n⟦⟧\nfour'],
  ['quote', '⟦⟧', '> ⟦⟧'],
  ['quote', '\n⟦⟧', '\n> ⟦⟧'],
  ['link', 'see ⟦this⟧.', 'see [this](⟦https://⟧).'],
  ['link', 'see ⟦⟧', 'see [⟦⟧](https://)'],
  ['link', 'a [b] ⟦c $& d⟧', 'a [b] [c $& d](⟦https://⟧)'],
])('%s of %j is %j', (name, before, after) => {
  expect(format(name, before)).toBe(after)
})
