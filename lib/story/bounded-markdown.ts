import type { Root } from 'mdast'
import type { Code, Construct, Effects, Extension, TokenizeContext } from 'micromark-util-types'
import { codeText, htmlFlow, setextUnderline } from 'micromark-core-commonmark'
import { remark } from 'remark'
import remarkCjkFriendly from 'remark-cjk-friendly'
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough'
import remarkGfm from 'remark-gfm'
import { bareAddresses, bareAddressesFromMarkdown } from '#lib/story/bare-addresses.ts'

/** Steps that every paragraph may take, so that short ones are never plain. */
const FREE_STEPS = 10_000
/** Steps that it may take for each of its characters; those of ordinary text take 2 to 5. */
const STEPS_PER_CHARACTER = 25
/** Characters of a paragraph that allow it more steps; those after them allow no more. */
const COUNTED_CHARACTERS = 20_000
/** Events, or characters copied, that micromark walks over in the time of a step. */
const WALKED_PER_STEP = 16
/** Events that emphasis adds for each pair of its signs. */
const EVENTS_OF_EMPHASIS = 8
/** Quotes, lists, and pairs of spaces that may stand before a marker of a quote or list. */
const MAX_NESTING = 32
/** Headings that may be underlined: micromark copies the whole text for each. */
const MAX_UNDERLINED = 200
/** Lines of a paragraph in a quote or list that may lack its marker: micromark walks back over them. */
const MAX_LAZY_LINES = 200

/** Parsed Markdown: `plainLines`, counted from 1, are those from which signs are shown as typed. */
export type BoundedMarkdown = {
  tree: Root
  plainLines: number[]
  /** The counted work, all paragraphs together. */
  steps: number
}

/**
 * Parses GitHub-flavoured Markdown in time that is bounded in proportion to its length. Emphasis works beside
 * Chinese and Japanese punctuation, and addresses end at it.
 *
 * micromark walks back over a paragraph at many of its signs, which can take time with the square of
 * its length. Each paragraph (also a heading or a cell) may take only so many steps a character;
 * whatever follows in it is plain text then. The steps are counted, not timed, so the same text always
 * looks the same.
 *
 * @param options.hasHtmlBlocks whether comments, scripts and styles may be blocks of their own; all other HTML is
 *   read within the lines, with the Markdown around it
 */
export function parseBounded(markdown: string, { hasHtmlBlocks = true } = {}): BoundedMarkdown {
  const { text, plainLines } = limitNesting(markdown)
  const meters: Meter[] = []
  const tree = remark()
    .use(remarkGfm)
    .use(remarkCjkFriendly)
    .use(remarkCjkFriendlyStrikethrough)
    .use(function () {
      const data = this.data()
      data.fromMarkdownExtensions = [
        ...(data.fromMarkdownExtensions ?? []),
        bareAddressesFromMarkdown,
      ]
      data.micromarkExtensions = [
        ...(data.micromarkExtensions ?? []),
        bareAddresses(),
        boundTexts(meters),
        boundBlocks(plainLines),
        boundHtml(hasHtmlBlocks),
      ]
    })
    .parse(text)
  return {
    tree,
    plainLines: [...plainLines, ...meters.flatMap(({ plainLine }) => plainLine ?? [])],
    steps: meters.reduce((sum, { steps }) => sum + steps, 0),
  }
}

const LEVEL = String.raw`\t| {2}| ?(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))`
/** Matches the beginning of a line up to a marker that is too deep, but no line across the page. */
const TOO_DEEP = new RegExp(
  String.raw`^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)(?:${LEVEL}){${MAX_NESTING}}[ \t]*(?:(?=>|[-+*](?!\S))|\d{1,9}(?=[.)](?!\S)))`,
  'gm',
)

/** Escapes the marker after the deepest that may nest: each level adds to the work of every line. */
function limitNesting(markdown: string): { text: string; plainLines: number[] } {
  const plainLines: number[] = []
  let [line, counted] = [1, 0]
  const text = markdown.replace(TOO_DEEP, (markers: string, _, offset: number) => {
    line += markdown.slice(counted, offset).split(/\r\n|[\r\n]/).length - 1
    counted = offset
    plainLines.push(line)
    return `${markers}\\`
  })
  return { text, plainLines }
}

/** Work counted in one paragraph, whose characters are at `start` to `end`. */
type Meter = { steps: number; signs: number; start: number; end: number; plainLine?: number }

const codesOf = (signs: string) => [...signs].map((sign) => sign.charCodeAt(0))
/** Characters of a text at which micromark looks further. */
const SIGNS = codesOf('!&*<[\\]_~')
/** Characters that begin an address where no letter is before them. */
const ADDRESS_SIGNS = codesOf('+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
const BACKTICK = codesOf('`')
const EMPHASIS: Code[] = codesOf('*_~')
const [CLOSING_BRACKET] = codesOf(']')

const isLetter = (code: Code) => code !== null && /[a-z]/i.test(String.fromCharCode(code))
/** micromark's line endings are numbers from -5 to -3. */
const isLineEnding = (code: Code) => code !== null && code <= -3

/** Extends micromark by a construct before all others of a text, which counts their work. */
function boundTexts(meters: Meter[]): Extension {
  const meterOf = new WeakMap<TokenizeContext, Meter>()

  function startMeter(context: TokenizeContext, effects: Effects): Meter {
    const { offset } = context.now()
    const meter: Meter = { steps: 0, signs: 0, start: offset, end: offset }
    const { consume } = effects
    effects.consume = (code) => {
      meter.steps++
      consume(code)
    }
    meterOf.set(context, meter)
    meters.push(meter)
    return meter
  }

  const tokenize: Construct['tokenize'] = function (effects, ok, nok) {
    const meter = meterOf.get(this) ?? startMeter(this, effects)
    const { now, events } = this
    let run = 0

    return (code) => {
      if (meter.plainLine === undefined) chargeSign(meter, this, code)
      if (meter.plainLine !== undefined || meter.steps > allowedSteps(meter)) {
        meter.plainLine ??= now().line
        effects.enter('data')
        return restOfLine(code)
      }
      if (!EMPHASIS.includes(code)) return nok(code)
      effects.enter('data')
      return emphasis(code)

      /** Charges what looking for the other end of emphasis may take. */
      function emphasis(next: Code): ReturnType<typeof nok> {
        if (next === code) {
          run++
          effects.consume(next)
          return emphasis
        }
        const walked = run * (events.length + EVENTS_OF_EMPHASIS * run)
        if (meter.steps + walked / WALKED_PER_STEP > allowedSteps(meter)) {
          meter.plainLine = now().line
          return restOfLine(next)
        }
        meter.steps += walked / WALKED_PER_STEP
        return nok(next)
      }
    }

    function restOfLine(code: Code): ReturnType<typeof ok> {
      if (code === null || isLineEnding(code)) {
        effects.exit('data')
        return ok(code)
      }
      effects.consume(code)
      return restOfLine
    }
  }

  const text: NonNullable<Extension['text']> = {}
  for (const code of SIGNS) text[code] = { tokenize }
  // Tries a run of backticks at its first alone, as CommonMark does.
  for (const code of BACKTICK) text[code] = { tokenize, previous: codeText.previous }
  for (const code of ADDRESS_SIGNS)
    text[code] = { tokenize, previous: (previous) => !isLetter(previous) }
  return { text }
}

/** Extends micromark by bounds of what it does for each block that looks back. */
function boundBlocks(plainLines: number[]): Extension {
  const underlined = new Set<number>()
  let lazy = { line: 0, count: 0 }
  const boundedUnderline: Construct = {
    ...setextUnderline,
    name: 'boundedSetextUnderline',
    tokenize(effects, ok, nok) {
      const { line } = this.now()
      return setextUnderline.tokenize.call(
        this,
        effects,
        (code) => {
          underlined.add(line)
          if (underlined.size <= MAX_UNDERLINED) return ok(code)
          plainLines.push(line)
          return nok(code)
        },
        nok,
      )
    },
  }
  /** Ends a paragraph by a line of it that belongs to the quote or list only by courtesy. */
  const endLazyParagraph: Construct = {
    tokenize(_, ok, nok) {
      const { line } = this.now()
      if (!this.interrupt || !this.parser.lazy[line]) return nok
      if (line !== lazy.line) lazy = { line, count: line === lazy.line + 1 ? lazy.count + 1 : 1 }
      return lazy.count > MAX_LAZY_LINES ? ok : nok
    },
  }
  const [DASH, EQUALS] = codesOf('-=')
  return {
    disable: { null: ['setextUnderline'] },
    flow: { [DASH!]: boundedUnderline, [EQUALS!]: boundedUnderline, null: endLazyParagraph },
  }
}

/** Elements whose content is no Markdown. */
const RAW_ELEMENTS = ['script', 'style']

/** Leaves of HTML blocks those that may have blank lines in them. */
function boundHtml(hasBlocks: boolean): Extension {
  const [LESS_THAN, EXCLAMATION, QUESTION] = codesOf('<!?')
  const opening: Construct = {
    partial: true,
    tokenize(effects, ok, nok) {
      let name = ''
      return (code) => {
        effects.enter('data')
        effects.consume(code)
        return first
      }

      function first(code: Code): ReturnType<typeof ok> {
        return code === EXCLAMATION || code === QUESTION ? end(code) : letters(code)
      }

      function letters(code: Code): ReturnType<typeof ok> {
        if (isLetter(code) && name.length < 8) {
          name += String.fromCharCode(code!).toLowerCase()
          effects.consume(code)
          return letters
        }
        return RAW_ELEMENTS.includes(name) ? end(code) : nok(code)
      }

      function end(code: Code): ReturnType<typeof ok> {
        effects.exit('data')
        return ok(code)
      }
    },
  }
  const boundedHtml: Construct = {
    ...htmlFlow,
    name: 'boundedHtmlFlow',
    tokenize(effects, ok, nok) {
      return effects.check(opening, htmlFlow.tokenize.call(this, effects, ok, nok), nok)
    },
  }
  return { disable: { null: ['htmlFlow'] }, flow: hasBlocks ? { [LESS_THAN!]: boundedHtml } : {} }
}

function allowedSteps({ start, end }: Meter): number {
  return FREE_STEPS + STEPS_PER_CHARACTER * Math.min(end - start, COUNTED_CHARACTERS)
}

/** Charges the walk back to the bracket that is open, and the place that a new event takes in a list. */
function chargeSign(meter: Meter, { events, now }: TokenizeContext, code: Code): void {
  const { offset } = now()
  meter.end = Math.max(meter.end, offset)
  if (events.at(-1)?.[1].type !== 'data') meter.signs++
  meter.steps += meter.signs / WALKED_PER_STEP
  const isBracket = code === CLOSING_BRACKET
  if (!isBracket && !ADDRESS_SIGNS.includes(code!)) return
  let walked = 0
  let from = meter.start
  for (let index = events.length - 1; index >= 0; index--) {
    const [, token] = events[index]!
    if ((token.type === 'labelLink' || token.type === 'labelImage') && !token._balanced) {
      from = token.end.offset
      break
    }
    if (!isBracket && token._gfmAutolinkLiteralWalkedInto) break
    walked++
  }
  if (isBracket) walked += offset - from
  meter.steps += walked / WALKED_PER_STEP
}
