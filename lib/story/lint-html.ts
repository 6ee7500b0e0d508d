import { type DroppedTag, WORDLESS } from '#lib/story/html-elements.ts'
import type { TextFinding } from '#lib/story/lint-text.ts'

/** What to write in place of elements, which are listed behind it. */
const REMEDIES: [remedy: string, names: string][] = [
  ['write **words**', 'b strong'],
  ['write *words*', 'dfn em i var'],
  ['write [words](https://example.org)', 'a'],
  ['write ![what it shows](/picture.jpg)', 'figcaption figure img picture source'],
  ['begin the line with ##, or ### for the level below, and a space', 'h1 h2 h3 h4 h5 h6'],
  ['leave an empty line before and after', 'article center div footer header main p section'],
  ['begin each line with "- ", or with "1. "', 'dd dl dt li menu ol ul'],
  [
    'write a line such as | a | b | for each row, and | - | - | below the first',
    'caption col colgroup table tbody td tfoot th thead tr',
  ],
  ['write --- between empty lines', 'hr'],
  ['begin its lines with "> "', 'aside blockquote'],
  ['put it in backticks', 'code samp tt'],
  ['write ``` on the lines before and after it', 'pre textarea'],
  ['write ~~words~~', 'strike'],
  ['link to it: [words](https://example.org)', 'audio embed iframe object video'],
  ['add its language: <span lang="fr">', 'span'],
]

const REMEDY = new Map(
  REMEDIES.flatMap(([remedy, names]) => names.split(' ').map((name) => [name, remedy] as const)),
)

/** Reports each tag that is left out, once a line. */
export function lintHtml(dropped: DroppedTag[]): TextFinding[] {
  const findings = dropped.map((tag) => ({ line: tag.line, message: describe(tag) }))
  return [...new Map(findings.map((found) => [`${found.line} ${found.message}`, found])).values()]
}

function describe({ name, isAlone }: DroppedTag): string {
  if (isAlone)
    return `the HTML <${name}> is left out, because its opening or closing tag is missing; write <${name}> before and </${name}> after the words, in one paragraph`
  const what = WORDLESS.has(name) ? ', with everything in it' : ', but its text stays'
  const remedy = REMEDY.get(name) ?? 'remove it'
  return `the HTML <${name}> is left out${what}; ${remedy}, or put the tag in backticks to show it`
}
