import { Fragment, type ReactNode } from 'react'

/** Renders a message with elements in place of the names in its braces: `{name}`. */
export function Message({ text, ...elements }: { text: string } & Record<string, ReactNode>) {
  return text
    .split(/\{(\w+)\}/)
    .map((part, index) =>
      index % 2 === 0 ? part : <Fragment key={part}>{elements[part]}</Fragment>,
    )
    .filter((part) => part !== '')
}
