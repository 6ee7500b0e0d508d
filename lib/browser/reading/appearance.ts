/** The choices of how the pages appearance. Each value is in one list only. */
export const CHOICES = {
  theme: ['system', 'light', 'sepia', 'dark', 'contrast'],
  font: ['serif', 'sans', 'legible'],
  size: ['small', 'medium', 'large', 'larger'],
  measure: ['narrow', 'standard', 'wide'],
  spacing: ['even', 'loose'],
} as const

type Choices = typeof CHOICES
export type Appearance = { [Choice in keyof Choices]: Choices[Choice][number] }

const DEFAULT: Appearance = {
  theme: 'system',
  font: 'serif',
  size: 'medium',
  measure: 'standard',
  spacing: 'even',
}

/**
 * Returns the style of the root element, which is also what localStorage has: the chosen values are in it as
 * the property `--look`. Restoring it takes one line of script and no CSS in the first response.
 *
 * @param joined whether letters of the script join, as Arabic ones do: letter spacing would part them
 */
const STYLES: Partial<Record<Appearance[keyof Appearance], Record<string, string>>> = {
  light: { 'color-scheme': 'light' },
  dark: { 'color-scheme': 'dark' },
  sepia: {
    'color-scheme': 'light',
    '--paper': '#f3e9d5',
    '--ink': '#2a2017',
    '--soft': '#52443a',
    '--rule': '#c4b393',
    '--accent': '#8a1b12',
  },
  // The colours of `prefers-contrast: more` in `app/styles/sheet.css`.
  contrast: {
    '--paper': 'light-dark(#fff, #000)',
    '--ink': 'light-dark(#000, #fff)',
    '--soft': 'var(--ink)',
    '--rule': 'var(--ink)',
    '--accent': 'light-dark(#8c0000, #ffb0a8)',
  },
  sans: { '--font-serif': 'var(--font-sans)', '--font-display': 'var(--font-serif)' },
  legible: {
    '--font-serif':
      "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Verdana, 'DejaVu Sans', sans-serif",
    '--font-display': 'var(--font-serif)',
  },
  small: { '--size': '90%' },
  large: { '--size': '115%' },
  larger: { '--size': '135%' },
  narrow: { '--measure': '30rem' },
  wide: { '--measure': '44rem' },
  loose: { '--leading': '2.25rem', 'letter-spacing': '0.03em', 'word-spacing': '0.1em' },
}

/**
 * The style of the root element as the browser keeps it: the chosen words stand in it as a property of
 * their own. Kept as style it takes no rule in the first response, and one line of script.
 *
 * @param joined whether the letters of the script hold together, as Arabic ones do: they are not spaced
 */
export function appearanceStyle(appearance: Appearance, joined: boolean): string {
  const chosen = Object.values(appearance)
  const style = Object.assign({ '--look': chosen.join(' ') }, ...chosen.map((word) => STYLES[word]))
  if (joined) delete style['letter-spacing']
  return Object.entries(style)
    .map(([property, value]) => `${property}:${value}`)
    .join(';')
}

/** Reads a style of `appearanceStyle`. Any text is accepted: unknown or missing choices get their default. */
export function parseAppearance(saved: string): Appearance {
  const words =
    saved
      .match(/--look:([^;]*)/)?.[1]
      ?.trim()
      .split(' ') ?? []
  const chosen = Object.entries(CHOICES).map(([choice, values]) => [
    choice,
    values.find((value) => words.includes(value)) ?? DEFAULT[choice as keyof Appearance],
  ])
  return Object.fromEntries(chosen) as Appearance
}
