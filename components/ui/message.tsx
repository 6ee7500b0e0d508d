import { Fragment, type ReactNode } from 'react'

/** A message with elements where it has their names in braces. */
export function Message({ text, ...elements }: { text: string } & Record<string, ReactNode>) {
  return text
    .split(/\{(\w+)\}/)
    .map((part, index) =>
      index % 2 === 0 ? part : <Fragment key={part}>{elements[part]}</Fragment>,
    )
    .filter((part) => part !== '')
}
