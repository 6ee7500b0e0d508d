/** A file of the publisher in its two parts; lines are counted from 1 in the file. */
export type SplitFile = {
  /** Lines of the front matter, without those of hyphens around it. */
  fields: string[]
  /** The line of the first field. */
  fieldsLine: number
  body: string
  /** The line of the body's first. */
  bodyLine: number
  advice: Note[]
}

/** Says what is wrong with a line, counted from 1, and what to do. */
export type Note = { line: number; message: string }

const DELIMITER = /^-{3,}[ \t]*$/
/** Matches what word processors make of three hyphens, and what other formats write in their place. */
const LIKE_DELIMITER = /^(?:[-\u2010-\u2015\u2212]+|[.]{3}|…|={3,}|\*{3,}|_{3,}|~{3,})[ \t]*$/
/** Matches lines that may be part of a front matter: fields, indented lines, list items, comments. */
const FIELD_LINE = /^(?:$|[ \t]|#(?!#)|- |-$|[\]}]|["']?[\p{L}\p{N}_.-]+["']?\s*[:：=])/u

/**
 * Divides a file into its front matter and the Markdown below. A byte order mark, line ends of any
 * system and empty lines above the front matter are no mistakes.
 *
 * @param isOptional whether all of it may be Markdown
 */
export function splitFrontMatter(
  source: string,
  isOptional = false,
): SplitFile | { problem: Note } {
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/)
  const opening = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  )
  if (isOptional && !/^(?:[-+{]|[\u2010-\u2015\u2212])/.test(lines[opening]!))
    return { fields: [], fieldsLine: 1, body: lines.join('\n'), bodyLine: 1, advice: [] }
  if (!DELIMITER.test(lines[opening]!))
    return { problem: { line: opening + 1, message: describeOpening(lines[opening]!) } }
  const closing = lines.findIndex((line, index) => index > opening && DELIMITER.test(line))
  const problem = findMissingEnd(lines, opening, closing)
  if (problem) return { problem }
  return {
    fields: lines.slice(opening + 1, closing),
    fieldsLine: opening + 2,
    body: lines.slice(closing + 1).join('\n'),
    bodyLine: closing + 2,
    advice: [opening, closing].flatMap((index) => {
      const { length } = lines[index]!.trim()
      const message = `the line has ${length} hyphens; write three: ---`
      return length > 3 ? { line: index + 1, message } : []
    }),
  }
}

const FIELDS = 'write its fields, such as "title: Ports", between two lines of ---'

function describeOpening(line: string): string {
  const format = line.startsWith('+++')
    ? 'TOML'
    : /^\{|^---+ *json/i.test(line)
      ? 'JSON'
      : undefined
  if (format) return `the front matter is ${format}, which is not supported; ${FIELDS}`
  if (/^-{3,}/.test(line))
    return `${JSON.stringify(line)} does not begin the front matter; write --- and nothing else on the line`
  if (LIKE_DELIMITER.test(line))
    return `${JSON.stringify(line)} does not begin the front matter; write three hyphens: ---`
  if (/^[\p{L}_]+\s*[:：]/u.test(line))
    return 'the front matter has no beginning; add a line of --- above its first field'
  return 'the front matter is missing; begin the file with its fields between two lines of ---'
}

/** Finds where the front matter should end: without a line for that, or with the story's text in it. */
function findMissingEnd(lines: string[], opening: number, closing: number): Note | undefined {
  const end = closing === -1 ? lines.length : closing
  for (let index = opening + 1; index < end; index++) {
    const line = lines[index]!
    if (LIKE_DELIMITER.test(line) && line.trim() !== '-')
      return {
        line: index + 1,
        message: `${JSON.stringify(line)} does not end the front matter; write three hyphens: ---`,
      }
    if (lines[index - 1]!.trim() === '' && !FIELD_LINE.test(line))
      return {
        line: index + 1,
        message: `the front matter has no end before the text ${JSON.stringify(shorten(line))}; add a line of --- below its last field`,
      }
  }
  if (closing !== -1) return
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return {
    line: last + 1,
    message: 'the front matter has no end; add a line of --- below its last field',
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
