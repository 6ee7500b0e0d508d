import { nameToEmoji } from 'gemoji'
import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'

/** Matches names such as `:smile:` and `:+1:`, but no part of a time, an address or a word. */
export const EMOJI_NAME = /(?<![\p{L}\p{N}:/_]):(\+1|-1|[a-z][a-z0-9_+-]*):(?![\p{L}\p{N}:/_])/gu

/** Replaces names of emoji (those of GitHub) in texts by the emoji; unknown ones stay as they were typed. */
export function setEmoji(tree: Root): void {
  visit(tree, 'text', (node) => {
    node.value = node.value.replace(EMOJI_NAME, (typed, name: string) =>
      Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name]! : typed,
    )
  })
}
