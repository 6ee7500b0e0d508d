/** A line of a front matter as it should be, and what is wrong with it as it is. */
export type Remedy = { wrong: string; line: string; what: string }

/** Matches a field, in a list or not: what stands before the name, the name, and the rest. */
const FIELD = /^(\s*(?:- +)?)(["']?[\p{L}_][\p{L}\p{N}_.-]*["']?)(.*)/u
const WRONG_SPACE = /^:([\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+)/

/** Lists what may be meant by a line that YAML does not read, the likeliest first. */
export function remediesOf(line: string): Remedy[] {
  const remedies: Remedy[] = []
  const add = (repaired: string, what: string) => {
    if (repaired !== line) remedies.push({ wrong: line, line: repaired, what })
  }
  if (/^\s*\t/.test(line)) {
    const spaced = line.replace(/^\s+/, (space) => space.replaceAll('\t', '  '))
    add(spaced, 'it begins with a tab; use spaces')
    add(line.trimStart(), 'it begins with a tab; remove it')
    for (const { line: repaired, what } of remediesOf(spaced))
      add(repaired, `it begins with a tab, and ${what}`)
  } else add(line.trimStart(), 'it begins with spaces; remove them')
  const [, before = '', name = '', rest = ''] = FIELD.exec(line) ?? []
  const colon = mendColon(rest)
  if (name && colon) {
    add(`${before}${name}: ${colon.value}`, colon.what)
    if (colon.value)
      add(
        `${before}${name}: ${quoteTyped(colon.value)}`,
        `${colon.what}, and put the value in quotes`,
      )
  }
  const typed = line.trimEnd()
  const [, start, value] = /^(\s*(?:- +)?["']?[^\s:"']+["']?\s*:[ \t]+)(\S.*)/.exec(typed) ?? []
  if (start && value && !/^[[{]$/.test(value)) {
    if (isCollection(value)) add(start + quoteInside(value), 'put each text in it in quotes')
    else add(start + quoteTyped(value), `${describeValue(value)}; put the value in quotes`)
  }
  const [, dash, item] = /^(\s*- +)(\S.*)/.exec(typed) ?? []
  if (dash && item && !isCollection(item))
    add(dash + quoteTyped(item), `${describeValue(item)}; put the text in quotes`)
  return remedies
}

/** Writes a remedy as a sentence. */
export function describeRemedy({ wrong, line, what }: Remedy): string {
  const name = FIELD.exec(wrong)?.[2]?.replace(/["']/g, '')
  return `${name ? `"${name}"` : 'this line'}: ${what}: ${line.trim()}`
}

/** Writes a text as YAML, in the quotes that need the fewest signs. */
export function quoteText(text: string): string {
  if (!text.includes("'")) return `'${text}'`
  if (!/["\\]/.test(text)) return `"${text}"`
  return `'${text.replaceAll("'", "''")}'`
}

/** Puts a value in quotes, in place of quotes around it that its own apostrophes or quotes end too early. */
function quoteTyped(value: string): string {
  const inner = /^(["'])(.*)\1$/.exec(value)
  const nested = inner?.[2]?.indexOf(inner[1]!) ?? -1
  const isNested = inner && (nested === -1 || /\p{L}/u.test(inner[2]![nested + 1] ?? ''))
  return quoteText(isNested ? inner[2]! : value)
}

function mendColon(rest: string): { value: string; what: string } | undefined {
  const space = WRONG_SPACE.exec(rest)
  if (space)
    return {
      value: rest.slice(space[0].length).trim(),
      what: 'the space after the colon is a no-break space or another special one; type an ordinary space',
    }
  if (/^\s*：/.test(rest))
    return {
      value: rest.replace(/^\s*：\s*/, ''),
      what: 'the colon is a full-width one; write an ordinary colon and a space',
    }
  if (/^\s*=/.test(rest))
    return {
      value: rest.replace(/^\s*=\s*/, ''),
      what: 'there is a = instead of a colon; write a colon and a space',
    }
  if (/^:\S/.test(rest))
    return { value: rest.slice(1).trim(), what: 'there is no space after the colon; add one' }
}

/** Returns whether a value is meant as a list or as fields in braces. */
function isCollection(value: string): boolean {
  return /^\[.*\]$|^\{.*\}$|^[[{].*[,[{]$|^[[{]$/.test(value)
}

/** Puts the texts of a list or of fields in braces in quotes. */
function quoteInside(value: string): string {
  const fields = value
    .split(/([{,]\s*[\w-]+:\s+)/)
    .map((part, index) => (index > 0 && index % 2 === 0 ? quoteStart(part) : part))
    .join('')
  if (fields !== value || !value.startsWith('[')) return fields
  const items = value.slice(1, -1).split(/,\s*/)
  return `[${items.map(quoteTyped).join(', ')}]`
}

/** Puts a text in quotes that stands before signs that end a list, or fields in braces. */
function quoteStart(part: string): string {
  let end = part.indexOf('}')
  if (end === -1) end = part.length
  while (part[end - 1] === ']') end--
  const text = part.slice(0, end).trimEnd()
  return text && !/^[[{]/.test(text) ? quoteTyped(text) + part.slice(text.length) : part
}

function describeValue(value: string): string {
  const [sign] = value
  const end = value.lastIndexOf(sign!)
  if (/["']/.test(sign!) && end > 0 && end < value.length - 1)
    return 'something follows the quotation marks'
  if (/["']/.test(sign!)) return 'the value begins with a quotation mark'
  if (/:(?:\s|$)/.test(value)) return 'the value has a colon followed by a space'
  if (/[^\p{L}\p{N}]/u.test(sign!)) return `the value begins with ${sign}`
  return 'it cannot be read as it is'
}
