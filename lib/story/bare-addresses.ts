import type { Nodes } from 'mdast'
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown'
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal'
import type { Code, Construct, Event, Extension, State } from 'micromark-util-types'
import { visit } from 'unist-util-visit'
import { ADDRESS_END } from '#lib/address-end.ts'
import { AutolinkReader } from '#lib/comments/autolinks.ts'

/**
 * Extends micromark by addresses that need no sign, as comments have them: they end at punctuation of every script.
 * It takes the place of those of `remark-gfm`.
 */
export function bareAddresses(): Extension {
  const { text = {} } = gfmAutolinkLiteral()
  const byCode = Object.entries(text).map(([code, listed]): [string, Construct[]] => [
    code,
    [listed ?? []].flat(),
  ])
  const names = byCode.flatMap(([, constructs]) => constructs.flatMap(({ name }) => name ?? []))
  return {
    disable: { null: [...new Set(names)] },
    text: Object.fromEntries(
      byCode.map(([code, constructs]) => [
        code,
        // That of mailboxes, which are ASCII, stays, by another name.
        constructs.map((construct) =>
          construct.name === 'emailAutolink' ? { ...construct, name: 'mailbox' } : address,
        ),
      ]),
    ),
  }
}

const address: Construct = {
  name: 'bareAddress',
  tokenize(effects, ok, nok) {
    const before = characterOf(this.previous)
    let length = 0
    let type: 'literalAutolinkHttp' | 'literalAutolinkWww' = 'literalAutolinkHttp'
    const read: Construct = {
      partial: true,
      tokenize(effects, ok, nok) {
        let text = before
        return (code) => {
          effects.enter('data')
          return more(code)
        }

        function more(code: Code): State | undefined {
          if (code !== null && code > 0 && !/\s/.test(characterOf(code))) {
            text += characterOf(code)
            // Nothing that is no address is read far.
            if (text.length === PREFIX && !/https?:|www\./i.test(text)) return nok(code)
            effects.consume(code)
            return more
          }
          effects.exit('data')
          const found = new AutolinkReader(text).read(before.length)
          if (!found || found.scheme === 'mailto:') return nok(code)
          length = found.end - before.length
          if (found.scheme) type = 'literalAutolinkWww'
          return ok(code)
        }
      },
    }
    return hasOpenBracket(this.events) ? nok : effects.check(read, enter, nok)

    function enter(code: Code): State | undefined {
      effects.enter('literalAutolink')
      effects.enter(type)
      return inside(code)
    }

    function inside(code: Code): State | undefined {
      if (length === 0) {
        effects.exit(type)
        effects.exit('literalAutolink')
        return ok(code)
      }
      length--
      effects.consume(code)
      return inside
    }
  },
}

/** Characters after which it is seen that a text is no address: one before it, and `https:`. */
const PREFIX = 7

/** Returns a character; a space for micromark's own codes, of line ends and both ends of the text. */
function characterOf(code: Code): string {
  return code === null || code < 0 ? ' ' : String.fromCharCode(code)
}

/** Returns whether a link may have begun, as the construct in place of this one does. */
function hasOpenBracket(events: Event[]): boolean {
  for (let index = events.length - 1; index >= 0; index--) {
    const [, token] = events[index]!
    if ((token.type === 'labelLink' || token.type === 'labelImage') && !token._balanced) return true
    if (token._gfmAutolinkLiteralWalkedInto) return false
  }
  const last = events.at(-1)
  // Here the next search ends.
  if (last) last[1]._gfmAutolinkLiteralWalkedInto = true
  return false
}

/**
 * Ends addresses at punctuation that are found only in the finished tree, such as those behind a bracket that is
 * never closed: they alone have no position.
 */
export const bareAddressesFromMarkdown: FromMarkdown = {
  transforms: [
    (tree: Nodes) => {
      visit(tree, 'link', (link, index, parent) => {
        const [text] = link.children
        if (link.position || text?.type !== 'text' || !parent || index === undefined) return
        const end = text.value.search(ADDRESS_END)
        if (end < 1) return
        const rest = text.value.slice(end)
        text.value = text.value.slice(0, end)
        link.url = link.url.slice(0, -rest.length)
        parent.children.splice(index + 1, 0, { type: 'text', value: rest })
      })
    },
  ],
}
