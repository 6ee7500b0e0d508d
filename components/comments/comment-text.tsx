import { Fragment, type ReactNode } from 'react'
import type { CommentNode } from '#lib/comments/comment-markdown.ts'

/** Renders the syntax tree of a comment as elements; React escapes every text in it. */
export function CommentText({ nodes }: { nodes: CommentNode[] }) {
  return nodes.map((node, index) => <Fragment key={index}>{render(node)}</Fragment>)
}

function render(node: CommentNode): ReactNode {
  if (typeof node === 'string') return node
  switch (node.type) {
    case 'break':
      return <br />
    case 'code':
      return <code>{node.text}</code>
    case 'codeBlock':
      return (
        <pre>
          <code>{node.text}</code>
        </pre>
      )
    case 'list': {
      const List = node.start === null ? 'ul' : 'ol'
      return (
        <List start={node.start ?? undefined}>
          <CommentText nodes={node.children} />
        </List>
      )
    }
    case 'link':
      return (
        // A direction of its own: right-to-left characters in the text around it do not turn its address.
        <a href={node.address} rel="nofollow ugc noopener" dir="auto">
          <CommentText nodes={node.children} />
        </a>
      )
    default: {
      const Element = ELEMENTS[node.type]
      return (
        <Element>
          <CommentText nodes={node.children} />
        </Element>
      )
    }
  }
}

const ELEMENTS = {
  paragraph: 'p',
  emphasis: 'em',
  strong: 'strong',
  quote: 'blockquote',
  item: 'li',
} as const
