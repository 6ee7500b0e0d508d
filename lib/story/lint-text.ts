import { basename } from 'node:path'
import type { Heading, Node, Parents, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { SKIP, visit } from 'unist-util-visit'
import { findMessages } from '#lib/i18n/message-folder.ts'
import type { Article } from '#lib/story/content.ts'
import { parseBounded } from '#lib/story/bounded-markdown.ts'
import { CALLOUTS } from '#lib/story/callouts.ts'
import { lintHtml } from '#lib/story/lint-html.ts'
import {
  describeUnfinished,
  lintOtherSyntax,
  unfinishedMarks,
} from '#lib/story/lint-other-syntax.ts'
import { PAGE_IDS, parseMarkdown, parseStory } from '#lib/story/markdown.ts'
import type { MarkdownFile } from '#lib/story/front-matter.ts'
import { isLater } from '#lib/story/publication-time.ts'
import skeleton from '#messages/new-story.json' with { type: 'json' }

/** A warning about a line of a text, counted from 1. */
export type TextFinding = { line: number; message: string }

/**
 * Most characters of a title that cards on social networks show (X cuts `twitter:title` at 70:
 * https://developer.x.com/en/docs/x-for-websites/cards/overview/markup); search results show
 * what fits 600 pixels, about 60 characters (https://moz.com/learn/seo/title-tag).
 */
const MAX_TITLE = 70
/** Characters of a description that search results show, about: https://moz.com/learn/seo/meta-description */
const MAX_DESCRIPTION = 160

/** Checks the story's front matter and text; nothing that it finds stops a build. */
export function lintArticle(article: Article, file: MarkdownFile): string[] {
  const { title, description, date, updated = date, corrections } = article
  const warnings: string[] = []
  if (title.length > MAX_TITLE)
    warnings.push(
      `${file.locateField(['title'])}: the title has ${title.length} characters, but social cards show ${MAX_TITLE} and search results about 60; shorten it, or put what matters first`,
    )
  if (description.length > MAX_DESCRIPTION)
    warnings.push(
      `${file.locateField(['description'])}: the description has ${description.length} characters, but search results show about ${MAX_DESCRIPTION}; shorten it`,
    )
  if (file.data.description === skeleton.description)
    warnings.push(`${file.locateField(['description'])}: the description is ${UNWRITTEN}`)
  for (const [field, value] of Object.entries({ title, description }))
    for (const { mark } of unfinishedMarks(value, article.language))
      warnings.push(`${file.locateField([field])}: ${describeUnfinished(mark)}`)
  const spoken = basename(findMessages(article.language))
  if (spoken !== new Intl.Locale(article.language).language)
    warnings.push(
      `${file.locateField(['language'])}: menus and buttons will be in English, because messages/ has no translation into this language; to add one, see docs/translating.md`,
    )
  const late = corrections.findIndex((correction) => isLater(correction.date, updated))
  if (late !== -1)
    warnings.push(
      `${file.locateField(['corrections', late])}: the correction is later than "updated"; set "updated" to ${corrections[late]!.date}`,
    )
  return [...warnings, ...lintText(file, article.language)]
}

/**
 * Checks the Markdown of a file.
 *
 * @param anchors ids of other texts of the page, which links may lead to
 * @returns warnings in the order of lines, each beginning with a location such as `content/article.md:12`
 */
export function lintText(
  { body, locateLine }: MarkdownFile,
  language: string,
  anchors: string[] = [],
): string[] {
  const { tree, quotes, unknownMarks, droppedTags } = parseStory(body, { paragraphAnchors: true })
  return [
    ...findSkeleton(tree),
    ...findPlainLines(body),
    ...lintHeadings(body),
    ...lintHtml(droppedTags),
    ...lintAlternativeTexts(tree),
    ...lintLinks(tree, anchors),
    ...lintFootnotes(tree),
    ...findDoubledWords(tree, language),
    ...quotes.flatMap(({ line, repeats, text }) =>
      repeats
        ? []
        : {
            line,
            message: `the pull quote "${shorten(text)}" is not in the text; copy a sentence from the text, or remove [!QUOTE]`,
          },
    ),
    ...lintOtherSyntax(tree, body, language),
    ...unknownMarks.map(({ line, mark }) => ({
      line,
      message: `the mark ${mark} is not known, so it is shown as typed; use one of ${CALLOUTS.join(', ')}, or remove it`,
    })),
  ]
    .sort((a, b) => a.line - b.line)
    .map(({ line, message }) => `${locateLine(line)}: ${message}`)
}

/** The texts that `npm run new` writes into a new story. */
const { opening, heading, text, biography } = skeleton
const SKELETON = new Set([opening, heading, text.replaceAll('`', ''), biography])
const UNWRITTEN = 'still the sample text; replace it with your own'

function findSkeleton(tree: Root): TextFinding[] {
  const findings: TextFinding[] = []
  visit(tree, ['paragraph', 'heading'], (node) => {
    if (SKELETON.has(toString(node)))
      findings.push({ line: startLine(node), message: `this ${node.type} is ${UNWRITTEN}` })
  })
  return findings
}

/** Reports signs of Markdown that are shown as they were typed. */
function findPlainLines(body: string): TextFinding[] {
  const message =
    'the paragraph has too many Markdown signs for its length, so the rest of it is shown as typed; split it, or remove some'
  return parseBounded(body).plainLines.map((line) => ({ line, message }))
}

/** Parses the text again, because `parseStory` has changed the levels of headings. */
function lintHeadings(body: string): TextFinding[] {
  const findings: TextFinding[] = []
  let above = 1
  visit(parseMarkdown(body), 'heading', (heading: Heading) => {
    const { depth } = heading
    const title = shorten(toString(heading))
    const say = (message: string) => findings.push({ line: startLine(heading), message })
    if (title.trim() === '') say('a heading is empty; write it, or remove it')
    else if (depth === 1) say(`the heading "${title}" uses #, which is for the title; use ##`)
    else if (depth > above + 1)
      say(
        `the heading "${title}" skips a level; use ${'#'.repeat(above + 1)} instead of ${'#'.repeat(depth)}`,
      )
    above = Math.max(depth, 2)
  })
  return findings
}

function lintAlternativeTexts(tree: Root): TextFinding[] {
  const findings: TextFinding[] = []
  visit(tree, 'image', (image) => {
    if (!image.alt?.trim())
      findings.push({
        line: startLine(image),
        message: `the picture ${image.url} has no alternative text; describe it between the [ ]`,
      })
  })
  return findings
}

/** Texts of links that do not say where they lead. */
const VAGUE_LINK_TEXTS = new Set([
  ...['click here', 'here', 'this', 'this link', 'link', 'more', 'read more', 'learn more'],
  ...['cliquez ici', 'ici', 'ce lien', 'lien', 'en savoir plus', 'lire la suite'],
  ...['hier klicken', 'klicken sie hier', 'hier', 'dieser link', 'mehr', 'mehr lesen'],
  ...['haga clic aquí', 'haz clic aquí', 'aquí', 'este enlace', 'más', 'leer más'],
  ...['اضغط هنا', 'انقر هنا', 'هنا', 'هذا الرابط', 'المزيد', 'اقرأ المزيد'],
  ...['点击这里', '点击此处', '这里', '此处', '链接', '更多', '阅读更多'],
])

/** Matches `[text][name]` in what Markdown took for plain text, but not `list[i][j]`. */
const UNRESOLVED = /(?<![\p{L}\p{N}\]])!?\[[^[\]]+\]\[(?!\^)([^[\]]+)\]/gu

function lintLinks(tree: Root, anchors: string[]): TextFinding[] {
  const ids = new Set([...PAGE_IDS, ...anchors])
  const headings = [...anchors]
  visit(tree, (node) => {
    const { id } = (node.data as { hProperties?: { id?: string } } | undefined)?.hProperties ?? {}
    if (!id) return
    ids.add(id)
    if (node.type === 'heading') headings.push(id)
  })
  const findings: TextFinding[] = []
  visit(tree, ['link', 'linkReference', 'definition'], (node) => {
    const line = startLine(node)
    const url = 'url' in node ? String(node.url) : ''
    if (url.startsWith('#') && url !== '#' && !ids.has(decodeFragment(url.slice(1))))
      findings.push({
        line,
        message: `the link to ${url} leads nowhere; use the anchor of a heading: ${listAnchors(headings)}`,
      })
    if (node.type === 'definition') return
    const words = toString(node).trim()
    if (node.type === 'link' && url === '')
      findings.push({
        line,
        message: `the link "${words}" has no address; write it between the ( )`,
      })
    else if (words === '')
      findings.push({
        line,
        message: `the link to ${url} has no text; write where it leads between the [ ]`,
      })
    else if (
      VAGUE_LINK_TEXTS.has(
        words
          .toLowerCase()
          .replace(/(?<![.…:>→»])[.…:>→»]+$/, '')
          .trim(),
      )
    )
      findings.push({
        line,
        message: `the link text "${words}" does not say where it leads; name the page`,
      })
  })
  visit(tree, 'text', (text) => {
    const { value } = text
    for (const { 0: link, 1: name, index } of value.matchAll(UNRESOLVED))
      findings.push({
        line: startLine(text) + countLineBreaks(value.slice(0, index)),
        message: `${link} has no address; add it below the text as "[${name}]: …"`,
      })
  })
  return findings
}

function listAnchors(headings: string[]): string {
  return headings.map((id) => `#${id}`).join(', ') || 'there are none yet'
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

function lintFootnotes(tree: Root): TextFinding[] {
  const used = new Set<string>()
  const noted = new Set<string>()
  const findings: TextFinding[] = []
  visit(tree, 'footnoteReference', ({ identifier }) => void used.add(identifier))
  visit(tree, 'footnoteDefinition', (definition) => {
    const { identifier } = definition
    const mark = `[^${definition.label ?? identifier}]`
    const say = (message: string) => findings.push({ line: startLine(definition), message })
    if (noted.has(identifier)) say(`there are two footnotes ${mark}; rename one`)
    else if (!used.has(identifier))
      say(`the footnote ${mark} is never used, so it is not shown; add ${mark} to the text`)
    else if (toString(definition).trim() === '') say(`the footnote ${mark} is empty; write it`)
    noted.add(identifier)
  })
  visit(tree, 'text', (text) => {
    for (const match of text.value.matchAll(/\[\^[^[\]\s]+\]/g))
      findings.push({
        line: startLine(text) + countLineBreaks(text.value.slice(0, match.index)),
        message: `the footnote ${match[0]} is missing; add it below the text as "${match[0]}: …"`,
      })
  })
  return findings
}

/** Words that are correct when repeated, by language. */
const ALLOWED_DOUBLES: Record<string, string[]> = {
  de: ['das', 'der', 'die', 'sie'],
  en: ['had', 'that'],
  fr: ['nous', 'vous'],
}

function findDoubledWords(tree: Root, language: string): TextFinding[] {
  const allowed = ALLOWED_DOUBLES[new Intl.Locale(language).language] ?? []
  const findings: TextFinding[] = []
  visit(tree, ['paragraph', 'heading', 'tableCell'], (block) => {
    // Code and deleted text separate words as NUL characters, so that they join none.
    const parts: string[] = []
    visit(block as Parents, (node) => {
      if (node.type === 'text') parts.push(node.value)
      else if (node.type === 'break') parts.push('\n')
      else if ('value' in node || node.type === 'delete') parts.push('\0')
      if (node.type === 'delete') return SKIP
    })
    const said = parts.join('')
    for (const { index, 1: word } of said.matchAll(
      /(?<![\p{L}\p{N}'’-])(\p{L}+)\s+\1(?![\p{L}\p{N}'’-])/giu,
    ))
      if (!allowed.includes(word!.toLowerCase()))
        findings.push({
          line: startLine(block) + countLineBreaks(said.slice(0, index)),
          message: `the word "${word}" is repeated; remove one`,
        })
  })
  return findings
}

/** Counts the line breaks in a text. */
function countLineBreaks(text: string): number {
  return text.split('\n').length - 1
}

function startLine(node: Node): number {
  return node.position?.start.line ?? 1
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
