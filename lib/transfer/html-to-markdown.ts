import TurndownService from 'turndown'
import { ADDRESS_END } from '#lib/address-end.ts'

/** Matches a web address, in which nothing is escaped. */
const ADDRESS = new RegExp(
  String.raw`((?:https?:\/\/|www\.)(?:(?!${ADDRESS_END.source})[^\s<>])+)`,
  'iu',
)
const LINK = /^(?:https?|mailto):/i

const words = new TurndownService()
words.escape = (text) => text
words.addRule('words', { filter: () => true, replacement: (content) => content })

const markdown = new TurndownService({
  br: '',
  bulletListMarker: '-',
  codeBlockStyle: 'fenced',
  emDelimiter: '*',
})
const escape = markdown.escape.bind(markdown)
markdown.escape = (text) =>
  text
    .split(ADDRESS)
    // Every second part is an address.
    .map((part, index) => (index % 2 ? part : escape(part).replaceAll('<', '\\<')))
    .join('')
markdown.remove(['script', 'style', 'noscript', 'iframe', 'object', 'template'] as never[])
// Two line breaks end a paragraph; a single one is kept.
markdown.addRule('line break', {
  filter: 'br',
  replacement: (_, { nextSibling }) => (nextSibling?.nodeName === 'BR' ? '\n\n' : '\n'),
})
markdown.addRule('rule', { filter: 'hr', replacement: () => '\n\n' })
markdown.addRule('code block', {
  filter: 'pre',
  replacement: (_, { textContent }) => {
    const code = (textContent ?? '').replace(/^\n|\n$/g, '')
    const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((ticks) => ticks.length))
    const fence = '`'.repeat(longest + 1)
    return code.trim() === '' ? '' : `\n\n${fence}\n${code}\n${fence}\n\n`
  },
})
markdown.addRule('heading', {
  filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  replacement: (content) => (content.trim() ? `\n\n**${content.trim()}**\n\n` : ''),
})
markdown.addRule('link', {
  filter: (node) => node.nodeName === 'A',
  replacement: (content, node) => {
    const address = node.getAttribute('href')?.trim() ?? ''
    if (!LINK.test(address) || /[\s<>]/.test(address)) return content
    if (content === '' || content === address) return address
    return `[${content}](${address.replace(/[()]/g, '\\$&')})`
  },
})
/** Puts signs around the words of elements for which comments have none, so that these keep their meaning. */
const AROUND: Record<string, [string, string]> = {
  cite: ['*', '*'],
  del: ['~~', '~~'],
  ins: ['*', '*'],
  kbd: ['**', '**'],
  mark: ['**', '**'],
  q: ['“', '”'],
  s: ['~~', '~~'],
  strike: ['~~', '~~'],
  summary: ['\n\n**', '**\n\n'],
  u: ['*', '*'],
}
markdown.addRule('around', {
  filter: ({ nodeName }) => Object.hasOwn(AROUND, nodeName.toLowerCase()),
  replacement: (content, { nodeName }) => {
    const [before, after] = AROUND[nodeName.toLowerCase()]!
    return content.trim() === '' ? content : `${before}${content.trim()}${after}`
  },
})
markdown.addRule('abbreviation', {
  filter: (node) => node.nodeName === 'ABBR' && node.hasAttribute('title'),
  replacement: (content, node) =>
    `${content} (${escape((node as Element).getAttribute('title')!)})`,
})
markdown.addRule('raised', {
  filter: ['sup', 'sub'],
  replacement: (content, { nodeName, textContent }) => {
    const [raised, sign] = nodeName === 'SUP' ? [SUPERSCRIPTS, '^'] : [SUBSCRIPTS, '\\_']
    const signs = [...(textContent ?? '').trim()].map(
      (character) => raised[PLAIN.indexOf(character)],
    )
    if (signs.length > 0 && signs.every((found) => found !== undefined)) return signs.join('')
    return content.trim() === '' ? content : `${sign}(${content.trim()})`
  },
})
const PLAIN = '0123456789+-=()n'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ'
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ'
markdown.addRule('picture', {
  filter: 'img',
  replacement: (_, node) => node.getAttribute('alt') ?? '',
})

/**
 * Converts the HTML of a comment to the Markdown of comments; no tag remains.
 *
 * @throws {RangeError} when there are more tags than a person writes, or they are nested too deeply
 */
export function htmlToComment(html: string): string {
  if (hasTooManyTags(html)) throw new RangeError('There are too many tags')
  return plain(markdown.turndown(withoutDocument(html)))
}

/** Returns the text of a piece of HTML, such as a name. */
export function htmlToWords(html: string): string {
  return plain(words.turndown(withoutDocument(html)))
}

/** Makes `<br>` of line ends, for WordPress, where they count although the rest is HTML. */
export function withLineBreaks(html: string): string {
  if (hasTooManyTags(html)) return html
  return html
    .replace(/\r\n?/g, '\n')
    .split(/(<pre\b.*?(?:<\/pre>|$))/is)
    .map((part, index) => (index % 2 ? part : breakLines(part.split('\n'))))
    .join('')
}

/** Matches tags of blocks, which end lines by themselves. */
const BLOCK = '</?(?:p|div|ul|ol|li|blockquote|pre|h[1-6]|table|t[rdh]|hr)\\b[^<>]*>'
const BEGINS = new RegExp(`^${BLOCK}`, 'i')
const ENDS = new RegExp(`${BLOCK}$`, 'i')

function breakLines(lines: string[]): string {
  return lines
    .map((line) => line.trim())
    .map((line, index, all) => {
      const next = all[index + 1]
      if (next === undefined) return line
      return line + (ENDS.test(line.slice(-LONGEST_TAG)) || BEGINS.test(next) ? '\n' : '<br>')
    })
    .join('')
}

const LONGEST_TAG = 200

/** Most tags: some take time that grows with the square of their number. */
const MAX_TAGS = 500

function hasTooManyTags(html: string): boolean {
  return (html.match(/</g)?.length ?? 0) > MAX_TAGS
}

/** Removes tags that the parser would take for those of its own document. */
function withoutDocument(html: string): string {
  return html.replace(/<\/?(?:html|head|body|frameset|x-turndown)\b[^<>]*>?/gi, '')
}

/** Removes control characters: no database keeps all of them, and none is visible. */
function plain(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .toWellFormed()
    .trim()
}
