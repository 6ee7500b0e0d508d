/** The icons, as SVG paths on 24 by 24 units. A library with five icons would add 1.9 KB (brotli). */
const PATHS = {
  down: 'M12 4v16M5 13l7 7 7-7',
  eye: 'M2 12c2.5-4.5 6-7 10-7s7.5 2.5 10 7c-2.5 4.5-6 7-10 7s-7.5-2.5-10-7zM12 9a3 3 0 1 0 .01 0z',
  loading: 'M12 3a9 9 0 1 0 9 9',
  up: 'M12 20V4M5 11l7-7 7 7',
}

/** Shows an icon in the colour of the text; screen readers skip it. */
export function Icon({ name, className }: { name: keyof typeof PATHS; className: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      className={className}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
