import type { Code, Node, Parents, Root, Text } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { EMOJI_NAME } from '#lib/story/emoji.ts'
import { SKIP, visit } from 'unist-util-visit'

/** A warning about a line of a text, counted from 1. */
type Warning = { line: number; message: string }

/** What other programs understand and this site shows as it was typed; `remedy` is what to write here. */
type OtherSyntax = { pattern: RegExp; remedy: string }

/** Finds in texts what is written for other programs. Code, between backticks, is left alone. */
const OTHER_SYNTAX: OtherSyntax[] = [
  {
    // Hugo, Jekyll, Liquid, Handlebars.
    pattern: /\{\{[^{}]*\}\}|\{%[^{}]*%\}/g,
    remedy: 'write what it should show as Markdown',
  },
  {
    // Obsidian and wikis.
    pattern: /!?\[\[[^[\]\n]+\]\]/g,
    remedy: 'write a link as [words](address), a picture as ![what it shows](/picture.jpg)',
  },
  {
    pattern: /\[\[?_?toc_?\]?\]/gi,
    remedy: 'remove it: the page lists its sections by itself',
  },
  {
    // WordPress.
    pattern:
      /\[\/?(?:caption|gallery|embed|youtube|vimeo|tweet)\b[^[\]\n]*\]|\[(?:audio|video) [^[\]\n]*\]/g,
    remedy: 'write a picture as ![what it shows](/picture.jpg), a link as [words](address)',
  },
  {
    // Forums.
    pattern: /\[(b|i|u|s|url|img|quote|center|color|size)(?:=[^[\]\n]*)?\][^[\]]*\[\/\1\]/gi,
    remedy: 'write **bold**, *italic*, [words](address), or > before a quote',
  },
  {
    pattern: /\$\$[^$]+\$\$|\$\$|\\begin\{\w+\}/g,
    remedy: 'formulas are not supported: write them as text, as code in backticks, or as a picture',
  },
  {
    // Pandoc, kramdown, Markdown Extra.
    pattern: /\{:?\s*[#.][\w-][^{}\n]*\}|\{:[^{}\n]*\}|\{\w[\w-]*=[^{}\n]*\}/g,
    remedy: 'remove it: headings get their anchors by themselves, and styles cannot be set',
  },
  {
    pattern: /==(?=[^\s=])[^=\n]*[^\s=]==/g,
    remedy: 'write <mark>words</mark>, or *words* for emphasis',
  },
  {
    pattern: /\+\+(?=[^\s+])[^+\n]*[^\s+]\+\+/g,
    remedy: 'write <ins>words</ins>',
  },
  {
    pattern: /(?<=[\p{L}\p{N})])\^[^\s^]{1,20}\^/gu,
    remedy: 'write <sup>words</sup>',
  },
  {
    pattern: EMOJI_NAME,
    remedy: 'no emoji has this name: type the emoji itself, or remove the name',
  },
  {
    // Pandoc's note in the text.
    pattern: /\^\[[^[\]\n]+\]/g,
    remedy: 'write a footnote: [^name] in the text, and [^name]: with the note below it',
  },
  {
    // Directives, admonitions of MkDocs, and definition lists.
    pattern: /^(?::::+|!!!|\?\?\?\+?)[ \t]*\{?\w[^\n]*|^:::+[ \t]*$/gm,
    remedy: 'write a box as a quote that begins with > [!NOTE]',
  },
  {
    pattern: /^(?:import[ \t]+[\w{*].*[ \t]from[ \t]+['"].*|export[ \t]+(?:const|default)\s.*)/gm,
    remedy: 'remove it: no code runs in a story',
  },
  {
    pattern: /^[•●▪◦‣⁃·∙○■□►▸➤✓✔][ \t\u00a0]*[^\n]{1,40}/gm,
    remedy:
      'write - and a space before each item of a list, and leave an empty line above the first',
  },
  {
    pattern: /^[-+*][\u00a0\u2000-\u200b\u202f\u3000][^\n]{0,40}/gm,
    remedy: 'a list item needs an ordinary space after its sign: retype it',
  },
  {
    pattern: /^(?:\d{1,3}|[a-z])\)(?=\p{L})[^\n]{0,40}|^\d{1,3}[、．][^\n]{0,40}/gmu,
    remedy: 'write 1. and a space before each item of a list',
  },
  {
    // Hashtags within a sentence are none of it.
    pattern:
      /^(?:#{2,6}|＃+|#{1,6}(?=[\u00a0\u2000-\u200b\u202f\u3000]))[^\s#][^\n]*|^#{1,6}[\u00a0\u2000-\u200b\u202f\u3000][^\n]*/gm,
    remedy: 'a heading needs ## and an ordinary space before its text',
  },
]

const UNFINISHED =
  /\b(?:TODO|FIXME|XXX|TKTK|TK(?! \p{Lu}))\b|\b[Ll]orem ipsum\b|\b[Dd]olor sit amet\b|\[(?:to be (?:added|written)|placeholder|insert [^[\]]*)\]/gu
/** Spanish and its neighbours: `todo` is a word there, also in capitals. */
const TODO_IS_A_WORD = new Set(['ast', 'ca', 'es', 'gl', 'pt'])

/** Matches what holds nothing but spaces that Markdown takes for words. */
const BLANK = /^[\s\u00a0\u200b\u2060\u3164\ufeff]*$/

/** Reports in a text what other programs would understand, and what is not finished. */
export function lintOtherSyntax(tree: Root, body: string, language: string): Warning[] {
  return [
    ...findOtherSyntax(tree),
    ...findUnfinished(tree, language),
    ...findOpenFences(tree, body),
    ...findBlankParagraphs(tree),
  ]
}

function findOtherSyntax(tree: Root): Warning[] {
  const warnings: Warning[] = []
  visit(tree, ['paragraph', 'heading', 'tableCell'], (block) => {
    const title = loneHashtag(block as Parents)
    if (title)
      warnings.push({
        line: startLine(block),
        message: `${quote(title)} is shown as typed; a heading needs ## and a space before its text`,
      })
    for (const { text, line } of textsIn(block as Parents))
      for (const { pattern, remedy } of OTHER_SYNTAX)
        // Once a text: a list of bullets is one mistake.
        for (const match of [...text.matchAll(pattern)].slice(0, 1))
          warnings.push({
            line: line + lineBreaks(text.slice(0, match.index)),
            message: `${quote(match[0])} is shown as typed; ${remedy}`,
          })
    return SKIP
  })
  return warnings
}

/** Returns a paragraph such as `#Heading`, of one line that is no sentence. */
function loneHashtag(block: Parents): string | undefined {
  const text = toString(block)
  if (
    block.type === 'paragraph' &&
    /^#[^\s#][^\n]{0,80}$/u.test(text) &&
    !/[.!?…。！？]$/.test(text)
  )
    return text
}

function findUnfinished(tree: Root, language: string): Warning[] {
  const warnings: Warning[] = []
  visit(tree, 'text', (node: Text) => {
    for (const { mark, index } of unfinishedMarks(node.value, language))
      warnings.push({
        line: startLine(node) + lineBreaks(node.value.slice(0, index)),
        message: describeUnfinished(mark),
      })
  })
  return warnings
}

/** Finds in a text what says that it is not written yet, such as TODO, TK and lorem ipsum. */
export function unfinishedMarks(text: string, language: string): { mark: string; index: number }[] {
  const isWord = TODO_IS_A_WORD.has(new Intl.Locale(language).language)
  return [...text.matchAll(UNFINISHED)].flatMap(({ 0: mark, index }) =>
    mark === 'TODO' && isWord && text[index + mark.length] !== ':' ? [] : { mark, index },
  )
}

/** Says of a mark that `unfinishedMarks` has found what to do. */
export function describeUnfinished(mark: string): string {
  return `${quote(mark)} looks unfinished; write what is missing, or remove it`
}

/** Reports code that begins with a fence and has none at its end, so that all below it is code. */
function findOpenFences(tree: Root, body: string): Warning[] {
  const warnings: Warning[] = []
  visit(tree, 'code', ({ position }: Code) => {
    const { start, end } = position!
    const source = body.slice(start.offset, end.offset)
    const fence = /^(?:`{3,}|~{3,})/.exec(source)?.[0]
    if (!fence) return
    const last = source.split('\n').slice(1).at(-1) ?? ''
    if (!last.replace(/^[\s>]+/, '').startsWith(fence))
      warnings.push({
        line: start.line,
        message: `the code that begins with ${fence} has no end, so everything below it is code; write ${fence} on a line after it`,
      })
  })
  return warnings
}

function findBlankParagraphs(tree: Root): Warning[] {
  const warnings: Warning[] = []
  visit(tree, 'paragraph', (paragraph) => {
    if (
      paragraph.children.every(({ type }) => type === 'text' || type === 'break') &&
      BLANK.test(toString(paragraph))
    )
      warnings.push({
        line: startLine(paragraph),
        message:
          'a paragraph has only special spaces; remove it: the space between paragraphs is fixed',
      })
  })
  return warnings
}

/** Lists the texts of a block, without its code, with the lines in which they begin. */
function textsIn(block: Parents): { text: string; line: number }[] {
  const texts: { text: string; line: number }[] = []
  visit(block, 'text', (node: Text) => {
    texts.push({ text: node.value, line: startLine(node) })
  })
  return texts
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1
}

function startLine(node: Node): number {
  return node.position?.start.line ?? 1
}

function quote(typed: string): string {
  const text = typed.replace(/\s+/g, ' ')
  return `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`
}
