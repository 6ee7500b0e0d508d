import { expect, test } from 'vitest'
import { renderMarkdown } from '#lib/story/markdown.ts'

test('keys reach code and tables, and columns of words are told from others', async () => {
  const words = 'A sentence of some length about a ship'
  const { html } = await renderMarkdown(
    `\`\`\`\na\n\`\`\`\n\n| a | b |\n| - | -: |\n| ${words} | 12 |\n`,
  )
  expect(html).toContain('<pre tabindex="0">')
  expect(html).toContain('<table tabindex="0">')
  expect(html.match(/class="words"/g)).toHaveLength(1)
  expect(html).toContain(`<td class="words">${words}</td>`)
  expect(html).toContain('<td align="right">12</td>')
})
