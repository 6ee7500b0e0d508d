declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- so React's types are extended
  namespace JSX {
    interface IntrinsicElements {
      'x-slot': object
    }
  }
}

/** Marks the place in a prerendered page that `lib/server/shells.ts` fills for each request. */
export function Slot() {
  return <x-slot />
}
