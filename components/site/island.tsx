import type { ComponentType, ReactNode } from 'react'

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- so React's types are extended
  namespace JSX {
    interface IntrinsicElements {
      'x-island': { name: string; props: string; children: ReactNode }
    }
  }
}

/**
 * Marks a part of a page that scripts may change. `lib/browser/hydrate-islands.ts` finds it by its name and
 * renders the same component with the same props into it; nothing else of a page is ever touched.
 *
 * @param props values that JSON keeps
 * @param sent what the browser gets in their place, where the component finds the rest in the page
 */
export function Island<Props extends object>({
  name,
  of: Component,
  props,
  sent = props,
}: {
  name: IslandName
  of: ComponentType<Props>
  props: Props
  sent?: Props
}) {
  return (
    <x-island name={name} props={JSON.stringify(sent)}>
      <Component {...props} />
    </x-island>
  )
}

/** The names of all islands; `components/islands.ts` maps them to components. */
export type IslandName =
  'views' | 'votes' | 'story-comments' | 'comments' | 'proof' | 'shortcuts' | 'deferred'
