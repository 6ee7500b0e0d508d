import YAML from 'yaml'
import type { Note } from '#lib/story/split-front-matter.ts'
import { describeRemedy, quoteText, remediesOf } from '#lib/story/yaml-remedies.ts'

/** The fields of a front matter; `data` and `document` are of what can be read. */
export type ParsedFields = {
  document: YAML.Document
  data: Record<string, unknown>
  /** Whether every line was read, as it is or mended. */
  isComplete: boolean
  problems: Note[]
  advice: Note[]
  /** Returns the line in the file of an offset in the document. */
  lineAt: (offset: number) => number
  /** The lines that were parsed: mistakes in them are mended, or empty. */
  lines: string[]
}

/**
 * Parses the lines of a front matter as YAML. A mistake is mended where it can be guessed what was
 * meant, so that all mistakes are told at once, each with the line as it should be.
 *
 * @param firstLine the number of the first line in its file
 */
export function parseFields(source: string[], firstLine: number): ParsedFields {
  const problems: Note[] = []
  let isComplete = true
  const blocks = divide(source)
  const lines = blocks.flatMap((block, index) => {
    const said = (offset: number, message: string) =>
      void problems.push({ line: firstLine + block.line + offset, message })
    const twin = blocks
      .slice(0, index)
      .find(({ name }) => name !== undefined && name === block.name)
    const empty = block.lines.map(() => '')
    if (twin) {
      const line = firstLine + twin.line
      said(0, `"${block.name}" is given twice, first on line ${line}; remove one`)
      return empty
    }
    const isIndented = blocks.length > 1 && /^\s/.test(block.lines[0]!)
    const mended = mend(block.lines, isIndented, said)
    isComplete &&= mended !== undefined
    return mended ?? empty
  })
  const counter = new YAML.LineCounter()
  let document = parse(lines.join('\n'), counter)
  if (document.errors.length > 0) {
    const line = firstLine + counter.linePos(document.errors[0]!.pos[0]).line - 1
    problems.push({
      line,
      message:
        'this cannot be read together with the fields around it; begin every field at the start of its line',
    })
    document = parse('')
    isComplete = false
  }
  const lineAt = (offset: number) => firstLine + counter.linePos(offset).line - 1
  return {
    document,
    data: document.contents === null ? {} : (document.toJS() as Record<string, unknown>),
    isComplete,
    problems,
    advice: findCutTexts(document, lines, lineAt, firstLine),
    lineAt,
    lines,
  }
}

/** A top-level field with the lines that belong to it; `line` is the index of its first. */
type Block = { name?: string | undefined; line: number; lines: string[] }

/** Matches lines that belong to the field above: indented, items of a list, ends of it, comments, empty. */
const CONTINUED = /^(?:[ \t]|- |-$|[\]}#]|$)/
const NAME = /^["']?([\p{L}\p{N}_.-]+)["']?\s*[:：]/u

function divide(lines: string[]): Block[] {
  const blocks: Block[] = []
  for (const [index, line] of lines.entries()) {
    const above = blocks.at(-1)
    if (above && CONTINUED.test(line)) above.lines.push(line)
    else blocks.push({ name: NAME.exec(line)?.[1], line: index, lines: [line] })
  }
  return blocks
}

function parse(text: string, lineCounter?: YAML.LineCounter): YAML.Document {
  return YAML.parseDocument(text, {
    prettyErrors: false,
    ...(lineCounter && { lineCounter }),
  })
}

/** Counts the mistakes in the lines of a field, also signs that YAML takes for its own in silence. */
function countMistakes(lines: string[]): number {
  const document = parse(lines.join('\n'))
  let count = document.errors.length
  const anchors = new Set<string>()
  YAML.visit(document, {
    Pair: (_, { key }) => {
      // Such as "title:Ports: the sale".
      if (YAML.isScalar(key) && /[:：]/.test(String(key.value))) count++
    },
    Node: (_, node) => {
      if (YAML.isAlias(node)) {
        if (!anchors.delete(node.source)) count++
        return
      }
      if (node.anchor) anchors.add(node.anchor)
      if (node.tag?.startsWith('!')) count++
    },
  })
  // A line alone that is no field is text to YAML.
  if (document.contents !== null && !YAML.isMap(document.contents)) count++
  return count + anchors.size
}

/** Mends the lines of a field, saying what is wrong; returns nothing where that cannot be guessed. */
function mend(
  lines: string[],
  isIndented: boolean,
  say: (offset: number, message: string) => void,
): string[] | undefined {
  let mended = lines
  const count = (lines: string[]) =>
    countMistakes(lines) + (isIndented && /^\s/.test(lines[0]!) ? 1 : 0)
  let mistakes = count(lines)
  while (mistakes > 0) {
    const tried = mended.flatMap((line, offset) =>
      remediesOf(line).map((remedy) => {
        const repaired = mended.with(offset, remedy.line)
        // What comes before a mistake is read rightly, whatever follows.
        const isReadSoFar = count(repaired.slice(0, offset + 1)) === 0
        const wasReadSoFar = count(mended.slice(0, offset + 1)) === 0
        const left = count(repaired)
        return { offset, remedy, repaired, left, helps: isReadSoFar && !wasReadSoFar }
      }),
    )
    const best =
      tried.filter(({ left }) => left < mistakes).sort((a, b) => a.left - b.left)[0] ??
      tried.find(({ helps, left }) => helps && left === mistakes)
    if (!best) {
      say(...describeUnreadable(mended))
      return
    }
    say(best.offset, describeRemedy(best.remedy))
    mended = best.repaired
    mistakes = best.left
  }
  return mended
}

function describeUnreadable(lines: string[]): [number, string] {
  const text = lines.join('\n')
  const name = NAME.exec(lines[0]!)?.[1]
  const counter = new YAML.LineCounter()
  const [error] = parse(text, counter).errors
  const offset = error ? counter.linePos(error.pos[0]).line - 1 : 0
  if (!name)
    return [
      0,
      `${JSON.stringify(lines[0])} is not a field such as "title: Ports"; write it as one, or put two spaces before it if it belongs to the line above`,
    ]
  const twin = error?.code === 'DUPLICATE_KEY' && NAME.exec(text.slice(error.pos[0]))
  if (twin) return [offset, `"${twin[1]}" is given twice in "${name}"; remove one`]
  for (const [open, close] of ['[]', '{}'])
    if (text.split(open!).length > text.split(close!).length)
      return [
        0,
        `"${name}" has a ${open} that is not closed; write ${close} at its end, or put the value in quotes: ${name}: ${quoteText(lines[0]!.replace(NAME, '').trim())}`,
      ]
  return [
    Math.min(offset, lines.length - 1),
    `"${name}" cannot be read; put texts in quotes, and indent all lines of a list by the same number of spaces`,
  ]
}

/** Fields whose values are no free text: a comment behind them says something of its own. */
const NOT_TEXT = new Set([
  'date',
  'updated',
  'language',
  'comments',
  'standfirst',
  'order',
  'index',
])

/** Reports texts that a `#` cuts off, because what follows it is a comment. */
function findCutTexts(
  document: YAML.Document,
  lines: string[],
  lineAt: (offset: number) => number,
  firstLine: number,
): Note[] {
  const notes: Note[] = []
  YAML.visit(document, {
    Scalar(key, node, path) {
      const pair = path.at(-1)
      const name = YAML.isPair(pair) ? String(pair.key) : ''
      if (key === 'key' || NOT_TEXT.has(name) || !node.range) return
      const line = lineAt(node.range[0])
      const text = lines[line - firstLine]!
      const cut = /(?:^|\s)(#.*)/.exec(
        lines
          .join('\n')
          .slice(...node.range.slice(1))
          .split('\n')[0]!,
      )
      if (!cut || !text.endsWith(cut[1]!)) return
      const whole = /^(\s*(?:- +)?(?:[^\s:]+:\s+)?)(.*)/.exec(text)!
      notes.push({
        line,
        message: `${JSON.stringify(cut[1])} is left out, because # begins a comment; if it belongs to the text, put the text in quotes: ${whole[1]!.trimStart()}${quoteText(whole[2]!)}`,
      })
    },
  })
  return notes
}
