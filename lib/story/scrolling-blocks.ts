import type { Code, Table } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { defaultHandlers, type Handlers, type State } from 'mdast-util-to-hast'
import { visit } from 'unist-util-visit'

/** Characters of a cell that is given the width of words: fewer stand in a narrow column as well. */
const WORDS = 24

/**
 * Handlers of mdast-util-to-hast for blocks that scroll by themselves where they are wide: keys reach them, and
 * columns of words stay wide enough to be read.
 */
export const SCROLLING_HANDLERS: Handlers = {
  code: (state: State, code: Code) => {
    const pre = defaultHandlers.code(state, code)
    pre.properties.tabIndex = 0
    return pre
  },
  table: (state: State, table: Table) => {
    visit(table, 'tableCell', (cell) => {
      if (toString(cell).length < WORDS) return
      cell.data = { ...cell.data, hProperties: { className: ['words'] } }
    })
    const element = defaultHandlers.table(state, table)
    element.properties.tabIndex = 0
    return element
  },
}
